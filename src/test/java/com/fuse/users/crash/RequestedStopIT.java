package com.fuse.users.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.PosixSignal;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Asks the packaged program to stop, by a signal or by {@code stop}, at random moments of every step, and repeats the same
 * command until the run is complete. Every table, every outcome and the report then equal those of a run without
 * interruption.
 *
 * <p>The system property {@code stop.seed}, which is printed, determines the input, the moments, the chunk sizes and the
 * partitions.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestedStopIT {

    private static final int MOST_RUNS = 4;

    private static final Set<JobStep> STAGED_AND_CHANGED = EnumSet.of(JobStep.STAGE, JobStep.CHANGE);
    private static final Set<JobStep> REPORTED = EnumSet.of(JobStep.REPORT);

    private static final List<JobStep> STOPS_OF_A_RUN =
            List.of(JobStep.STAGE, JobStep.PREFLIGHT, JobStep.CHANGE, JobStep.CHANGE, JobStep.REPORT);

    private final long seed = Long.getLong("stop.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Path folder;
    private final Baseline baseline;

    RequestedStopIT(@TempDir Path folder) throws Exception {
        System.out.println("stop.seed " + seed);
        this.folder = folder;
        baseline = new Baseline(folder, random);
    }

    @AfterAll
    void drop() {
        baseline.close();
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
