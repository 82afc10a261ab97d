package com.fuse.users.history.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.history.RunSummaries;
import com.fuse.users.run.RunRepository;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The throughput over time shows the speed of the run, not the size of its chunks; what is too short has none. */
@ExtendWith(TestPlatform.class)
class SlicesTest {

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final String input;

    SlicesTest(TestDatabase database, World world, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        input = fuseUsers.input("crowd.csv", new Crowd(world, 50).lines());
    }

    /** Counted where it commits, a chunk that takes four seconds would leave three empty slices. */
    @Test
    void aSteadyAttemptHasEvenSlicesHoweverLongAChunkTakes() {
        world.breakChunksAfter(3);
        run(10, 1).exits(1);
        world.mendChunks();
        run(10, 1).exits(0);
        SteadyChunks.ofFourSeconds(world);

        List<AttemptFigures> attempts = attempts();

        assertThat(attempts).extracting(attempt -> attempt.record().users()).containsExactly(30L, 20L);
        assertThat(attempts)
                .extracting(AttemptFigures::slices)
                .containsExactly(Collections.nCopies(12, 2.5), Collections.nCopies(8, 2.5));
        assertThat(attempts).extracting(AttemptFigures::slice).containsOnly(Duration.ofSeconds(1));
        assertThat(attempts).allSatisfy(attempt -> assertThat(
                        attempt.slice().multipliedBy(attempt.slices().size()))
                .isLessThanOrEqualTo(attempt.record().worked()));
    }

    /** Two threads commit at the same moment: each has worked since its own last commit, not since that of the other. */
    @Test
    void threadsThatCommitTogetherHaveWorkedSideBySide() {
        run(5, 2).exits(0);
        assertThat(world.texts("select count(*)::text from fuse_batch.run_chunks"))
                .containsExactly("10");
        SteadyChunks.ofFourSeconds(world);
        world.execute("update fuse_batch.run_chunks set committed_at = timestamptz '2025-01-01 00:01:00+00'"
                + " + ceil(id / 2.0) * interval '8 seconds'");

        assertThat(attempts()).extracting(AttemptFigures::slices).containsExactly(Collections.nCopies(40, 1.25));
    }

    @Test
    void aRunBelowTenSecondsHasNoChartAndNoSpeedBelowOneSecond() {
        run(10, 1).exits(0);
        SteadyChunks.ofFourSeconds(world);
        world.execute("update fuse_batch.batch_step_execution set end_time = start_time + interval '9.5 seconds'"
                + " where step_name like 'users:%'");

        assertThat(attempts()).extracting(AttemptFigures::slices).containsExactly(List.of());
        assertThat(attempts()).extracting(AttemptFigures::speed).containsExactly("5");

        world.execute("update fuse_batch.batch_step_execution set end_time = start_time + interval '0.9 seconds'"
                + " where step_name like 'users:%'");
        world.execute("update fuse_batch.batch_step_execution s set start_time = e.start_time + interval '0.9 seconds'"
                + " from fuse_batch.batch_job_execution e where s.step_name = 'report'");
        assertThat(attempts()).extracting(AttemptFigures::speed).containsExactly("-");
        assertThat(fuseUsers.run("runs", "show", "1").out()).contains(": completed in 0.9 s, 1 attempt\n");
    }

    @Test
    void aPersonWhoThinksAtTheQuestionMakesNoRunSlower() {
        run(10, 1).exits(0);
        SteadyChunks.ofFourSeconds(world);
        world.execute("update fuse_batch.batch_step_execution set end_time = start_time + interval '15 seconds',"
                + " last_updated = start_time + interval '15 seconds' where step_name = 'preflight'");

        assertThat(fuseUsers.run("runs", "show", "1").out()).contains(": completed in 5.0 s, 10 rows/s, 1 attempt\n");
    }

    private FuseUsers.Result run(int chunkSize, int partitions) {
        return fuseUsers.run(
                "deactivate",
                "--yes",
                "--chunk-size=" + chunkSize,
                "--partitions=" + partitions,
                "--max-percent=100",
                input);
    }

    private List<AttemptFigures> attempts() {
        JdbcClient jdbc = JdbcClient.create(database.job());
        RunSummaries summaries =
                new RunSummaries(jdbc, new RunRepository(jdbc, Clock.systemUTC(), database.login()), List.of());
        return summaries.detail(summaries.find(1).orElseThrow()).attempts();
    }
}
