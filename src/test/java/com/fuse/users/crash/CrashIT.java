package com.fuse.users.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.PosixSignal;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kills or stops the packaged program at random moments of every step and repeats the same command until the run is
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

    private static final Set<JobStep> STAGED_AND_CHANGED = EnumSet.of(JobStep.STAGE, JobStep.CHANGE);
    private static final Set<JobStep> REPORTED = EnumSet.of(JobStep.REPORT);

    private static final List<JobStep> STOPS_OF_A_RUN =
            List.of(JobStep.STAGE, JobStep.PREFLIGHT, JobStep.CHANGE, JobStep.CHANGE, JobStep.REPORT);

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

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalInAnyStepStopsTheRunAndTheSameCommandResumesIt(PosixSignal signal, int exit) throws Exception {
        StepCounts stopped = new StepCounts();
        StepCounts tooLate = new StepCounts();
        for (int number = 1; !stopped.has(STAGED_AND_CHANGED) || !tooLate.has(REPORTED); number++) {
            assertThat(number).as("%s; %s", stopped, tooLate).isLessThanOrEqualTo(MOST_RUNS);
            try (CrashRun run = run(signal + "-" + number)) {
                for (JobStep target : STOPS_OF_A_RUN) {
                    StepCounts asked = new StepCounts();
                    int actual = run.start(target, process -> {
                        Optional<JobStep> step = run.unfinished();
                        if (signal.sendTo(process)) {
                            asked.add(step);
                        }
                    });
                    (isStopped(run, actual, exit) ? stopped : tooLate).add(asked);
                    if (run.hasEnded()) {
                        break;
                    }
                }
                run.finish();
            }
        }
        print("Stopped by SIG" + signal, stopped);
        print("Completed despite SIG" + signal, tooLate);
    }

    @Test
    void theStopCommandInAnyStepStopsTheRunAndTheSameCommandResumesIt() throws Exception {
        try (CrashRun run = run("stop")) {
            for (JobStep target : STOPS_OF_A_RUN) {
                run.holdUntilAskedToStop(target);
                int exit = run.start(target, process -> {
                    assertThat(run.unfinished()).contains(target);
                    run.fuseUsers().run("stop", "1").exits(0);
                });
                assertThat(isStopped(run, exit, 143)).isEqualTo(target != JobStep.REPORT);
            }
            run.finish();
        }
    }

    private void kill(int wanted) throws Exception {
        StepCounts kills = new StepCounts();
        int runs = MOST_RUNS + 2 * wanted / KILLS_OF_A_RUN.size();
        for (int number = 1; kills.total() < wanted || !kills.has(EnumSet.allOf(JobStep.class)); number++) {
            assertThat(number).as(kills.toString()).isLessThanOrEqualTo(runs);
            try (CrashRun run = run("killed-" + number)) {
                kill(run, kills);
                run.finish();
            }
        }
        print("Killed", kills);
    }

    private static void kill(CrashRun run, StepCounts kills) throws Exception {
        for (JobStep target : KILLS_OF_A_RUN) {
            if (run.hasEnded()) {
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

    /** A process that is asked to stop after the last chunk completes the run and writes the report. */
    private static boolean isStopped(CrashRun run, int actual, int exit) throws Exception {
        if (run.hasEnded()) {
            assertThat(actual).as(run.errors()).isEqualTo(Baseline.EXIT);
            return false;
        }
        assertThat(actual).as(run.errors()).isEqualTo(exit);
        assertThat(run.errors())
                .endsWith("fuse-users: run 1 was stopped; the same command resumes it where it stands\n");
        assertThat(run.state()).containsExactly("1 STOPPED");
        return true;
    }

    private CrashRun run(String name) throws Exception {
        return new CrashRun(baseline, folder.resolve(name), random);
    }

    private static void print(String what, StepCounts counts) {
        System.out.println(what + ": " + counts);
    }
}
