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
 * The packaged program is killed, or asked to stop, at random moments of every step, and the same command given again
 * until it is left to end: every table, every outcome and the report are then as if nothing had happened, and whenever
 * a process has ended nobody is halfway.
 *
 * <p>The input, the moments, the chunks and the partitions come from the system property {@code crash.seed}, which is
 * printed; {@code crash.kills} is how often the slow proof kills.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {

    private static final int KILLED = 137;
    private static final int RUNS_ALLOWED_FOR_LUCK = 4;

    private static final List<RunStep> KILLS_OF_A_RUN = Stream.of(
                    Collections.nCopies(6, RunStep.STAGE),
                    Collections.nCopies(3, RunStep.PREFLIGHT),
                    Collections.nCopies(8, RunStep.CHANGE),
                    Collections.nCopies(5, RunStep.REPORT))
            .flatMap(List::stream)
            .toList();

    private static final Set<RunStep> STAGED_AND_CHANGED = EnumSet.of(RunStep.STAGE, RunStep.CHANGE);
    private static final Set<RunStep> REPORTED = EnumSet.of(RunStep.REPORT);

    private static final List<RunStep> STOPS_OF_A_RUN =
            List.of(RunStep.STAGE, RunStep.PREFLIGHT, RunStep.CHANGE, RunStep.CHANGE, RunStep.REPORT);

    private final long seed = Long.getLong("crash.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Path folder;
    private final Undisturbed undisturbed;

    CrashIT(@TempDir Path folder) throws Exception {
        System.out.println("crash.seed " + seed);
        this.folder = folder;
        undisturbed = new Undisturbed(folder, random);
    }

    @AfterAll
    void drop() {
        undisturbed.close();
    }

    @Test
    void killedTwentyTimesItEndsAsIfNothingHadHappened() throws Exception {
        kill(20);
    }

    @Test
    @Tag("slow")
    void killedHundredsOfTimesItEndsAsIfNothingHadHappened() throws Exception {
        kill(Integer.getInteger("crash.kills", 500));
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalInAnyStepStopsItAndTheSameCommandGoesOn(PosixSignal signal, int exit) throws Exception {
        Tally stopped = new Tally();
        Tally tooLate = new Tally();
        for (int run = 1; !stopped.has(STAGED_AND_CHANGED) || !tooLate.has(REPORTED); run++) {
            assertThat(run).as("%s; %s", stopped, tooLate).isLessThanOrEqualTo(RUNS_ALLOWED_FOR_LUCK);
            try (Ordeal ordeal = ordeal(signal + "-" + run)) {
                for (RunStep target : STOPS_OF_A_RUN) {
                    Tally asked = new Tally();
                    int actual = ordeal.live(target, process -> {
                        Optional<RunStep> step = ordeal.unfinished();
                        if (signal.sendTo(process)) {
                            asked.add(step);
                        }
                    });
                    (isStopped(ordeal, actual, exit) ? stopped : tooLate).add(asked);
                    if (ordeal.hasEnded()) {
                        break;
                    }
                }
                ordeal.end();
            }
        }
        print("Stopped by SIG" + signal, stopped);
        print("Completed in spite of SIG" + signal, tooLate);
    }

    @Test
    void theCommandStopInAnyStepStopsItAndTheSameCommandGoesOn() throws Exception {
        try (Ordeal ordeal = ordeal("stop")) {
            for (RunStep target : STOPS_OF_A_RUN) {
                ordeal.holdUntilAskedToStop(target);
                int exit = ordeal.live(target, process -> {
                    assertThat(ordeal.unfinished()).contains(target);
                    assertThat(ordeal.fuseUsers().run("stop", "1").exit()).isZero();
                });
                assertThat(isStopped(ordeal, exit, 143)).isEqualTo(target != RunStep.REPORT);
            }
            ordeal.end();
        }
    }

    private void kill(int wanted) throws Exception {
        Tally kills = new Tally();
        int runs = RUNS_ALLOWED_FOR_LUCK + 2 * wanted / KILLS_OF_A_RUN.size();
        for (int run = 1; kills.total() < wanted || !kills.has(EnumSet.allOf(RunStep.class)); run++) {
            assertThat(run).as(kills.toString()).isLessThanOrEqualTo(runs);
            try (Ordeal ordeal = ordeal("killed-" + run)) {
                kill(ordeal, kills);
                ordeal.end();
            }
        }
        print("Killed", kills);
    }

    private static void kill(Ordeal ordeal, Tally kills) throws Exception {
        for (RunStep target : KILLS_OF_A_RUN) {
            if (ordeal.hasEnded()) {
                return;
            }
            int exit = ordeal.live(target, Process::destroyForcibly);
            if (exit == KILLED) {
                kills.add(ordeal.unfinished());
            } else {
                assertThat(exit).as(ordeal.complaints()).isEqualTo(Undisturbed.EXIT);
            }
        }
    }

    /** Whoever is asked to stop after the last chunk completes the run, report and all. */
    private static boolean isStopped(Ordeal ordeal, int actual, int exit) throws Exception {
        if (ordeal.hasEnded()) {
            assertThat(actual).as(ordeal.complaints()).isEqualTo(Undisturbed.EXIT);
            return false;
        }
        assertThat(actual).as(ordeal.complaints()).isEqualTo(exit);
        assertThat(ordeal.complaints())
                .endsWith("fuse-users: run 1 was stopped; the same command resumes it where it stands\n");
        assertThat(ordeal.state()).containsExactly("1 STOPPED");
        return true;
    }

    private Ordeal ordeal(String name) throws Exception {
        return new Ordeal(undisturbed, folder.resolve(name), random);
    }

    private static void print(String what, Tally tally) {
        System.out.println(what + ": " + tally);
    }
}
