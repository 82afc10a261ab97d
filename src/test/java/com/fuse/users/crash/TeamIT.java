package com.fuse.users.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three installed programs work on one run, and any of them, also two at once and the one that holds the run's lock, are
 * killed or frozen at random moments. Every table, every outcome and the report then equal those of a run of one process
 * without interruption.
 *
 * <p>The system property {@code team.seed}, which is printed, determines the input, the moments and the processes.
 * {@code team.hits} is the number of hits of the slow test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TeamIT {

    private static final int MOST_RUNS = 8;

    private final long seed = Long.getLong("team.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Path folder;
    private final Baseline baseline;

    TeamIT(@TempDir Path folder) throws Exception {
        System.out.println("team.seed " + seed);
        this.folder = folder;
        baseline = new Baseline(folder, random);
    }

    @AfterAll
    void drop() {
        baseline.close();
    }

    @Test
    void fifteenHitsLeaveTheSameResultAsNone() throws Exception {
        hit(15, Duration.ofSeconds(2));
    }

    /** Within the longest freeze, the run's lock, the leases and the locks of a chunk expire. */
    @Test
    @Tag("slow")
    void hundredsOfHitsLeaveTheSameResultAsNone() throws Exception {
        hit(Integer.getInteger("team.hits", 200), Duration.ofSeconds(30));
    }

    private void hit(int wanted, Duration longestFreeze) throws Exception {
        int hits = 0;
        for (int number = 1; hits < wanted; number++) {
            assertThat(number).isLessThanOrEqualTo(MOST_RUNS + wanted / 4);
            try (TeamRun run = new TeamRun(baseline, folder.resolve("team-" + number), random, longestFreeze)) {
                hits += run.hit(wanted - hits);
                run.finish();
            }
        }
        System.out.println("Hits " + hits);
    }
}
