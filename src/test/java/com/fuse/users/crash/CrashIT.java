package com.fuse.users.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the packaged program at random moments of every step and repeats the same command until the run is
 * complete. Every table, every outcome and the report then equal those of a run without interruption. After each
 * process, each user is either unchanged or changed completely.
 *
 * <p>The system property {@code crash.seed}, which is printed, determines the input, the moments, the chunk sizes and
 * the partitions. {@code crash.kills} is the number of kills of the slow test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {

    private static final int KILLED = 137;
    private static final int MOST_RUNS = 4;

    private static final List<JobStep> KILLS_OF_A_RUN = Stream.of(
                    Collections.nCopies(6, JobStep.STAGE),
                    Collections.nCopies(3, JobStep.PREFLIGHT),
                    Collections.nCopies(8, JobStep.CHANGE),
                    Collections.nCopies(5, JobStep.REPORT))
            .flatMap(List::stream)
            .toList();

    private final long seed = Long.getLong("crash.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Path folder;
    private final Baseline baseline;

    CrashIT(@TempDir Path folder) throws Exception {
        System.out.println("crash.seed " + seed);
        this.folder = folder;
        baseline = new Baseline(folder, random);
    }

    @AfterAll
    void drop() {
        baseline.close();
    }

    @Test
    void twentyKillsLeaveTheSameResultAsNone() throws Exception {
        kill(20);
    }

    @Test
    @Tag("slow")
    void hundredsOfKillsLeaveTheSameResultAsNone() throws Exception {
        kill(Integer.getInteger("crash.kills", 500));
    }

    private void kill(int wanted) throws Exception {
        StepCounts kills = new StepCounts();
        int runs = MOST_RUNS + 2 * wanted / KILLS_OF_A_RUN.size();
        for (int number = 1; !isEnough(kills, wanted); number++) {
            assertThat(number).as(kills.toString()).isLessThanOrEqualTo(runs);
            try (CrashRun run = new CrashRun(baseline, folder.resolve("killed-" + number), random)) {
                kill(run, kills, wanted);
                run.finish();
            }
        }
        System.out.println("Killed: " + kills);
    }

    private static void kill(CrashRun run, StepCounts kills, int wanted) throws Exception {
        for (JobStep target : KILLS_OF_A_RUN) {
            if (run.hasEnded() || isEnough(kills, wanted)) {
                return;
            }
            int exit = run.start(target, Process::destroyForcibly);
            if (exit == KILLED) {
                kills.add(run.unfinished());
            } else {
                assertThat(exit).as(run.errors()).isEqualTo(Baseline.EXIT);
            }
        }
    }

    private static boolean isEnough(StepCounts kills, int wanted) {
        return kills.total() >= wanted && kills.has(EnumSet.allOf(JobStep.class));
    }
}
