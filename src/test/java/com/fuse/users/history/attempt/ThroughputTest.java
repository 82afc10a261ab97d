package com.fuse.users.history.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The users and the time of each attempt; pauses between attempts count for no attempt. */
@ExtendWith(TestPlatform.class)
class ThroughputTest {

    private final World world;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;
    private final String input;
    private final TimeZone zone = TimeZone.getDefault();

    ThroughputTest(World world, FuseUsers fuseUsers) {
        this.world = world;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, 50);
        input = fuseUsers.input("crowd.csv", crowd.lines());
    }

    @AfterEach
    void restoreTimeZone() {
        TimeZone.setDefault(zone);
    }

    /** Spring Batch records local times, and a run may be resumed on another continent. */
    @Test
    void everyAttemptHasItsUsersAndItsTimeInAnyTimeZone() {
        TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
        Instant first = Instant.now();
        failAfter(3);
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        Instant second = Instant.now();
        failAfter(4);
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
        Instant third = Instant.now();
        run().exits(0);

        List<Map<String, Object>> attempts = attempts();
        assertThat(attempts)
                .extracting(attempt -> attempt.get("attempt") + " " + attempt.get("users") + " " + attempt.get("end"))
                .containsExactly("1 30 FAILED", "2 10 FAILED", "3 10 ENDED");
        assertThat(began(attempts, 0)).isBetween(first, second);
        assertThat(began(attempts, 1)).isBetween(second, third);
        assertThat(began(attempts, 2)).isBetween(third, Instant.now());
        SteadyChunks.ofFourSeconds(world);
        fuseUsers.run("runs", "report", "1").exits(0);
        Document page = Jsoup.parse(fuseUsers.reportText(1, "report.html"));
        assertThat(page.select("#time ~ figure figcaption").text())
                .isEqualTo("Users decided a second, over the time of the change from left to right. Each column is the"
                        + " average of about 1 s, the highest 3. A line parts two attempts.");
        assertThat(page.select("svg.columns rect")).hasSize(20);
        assertThat(page.select("svg.columns line").eachAttr("x1")).containsExactly("125", "175");
        assertThat(page.select("table.attempts tbody tr td:eq(3)").eachText()).containsExactly("30", "10", "10");
        assertThat(page.select("table.attempts tbody tr td:eq(4)").eachText()).containsExactly("3", "3", "3");
        assertThat(fuseUsers.run("runs", "show", "1").out())
                .containsPattern("\n  1 +[-0-9T:]+Z +[0-9.]+ +30 +3  \\S+@\\S+ +failed or was killed\n")
                .containsPattern("\n  3 +[-0-9T:]+Z +[0-9.]+ +10 +3  \\S+@\\S+ +ended the run\n");
    }

    @Test
    void anAttemptWithoutAChunkHasAStartAndNoUsers() {
        Instant first = Instant.now();
        failAfter(0);
        Instant second = Instant.now();
        failAfter(0);
        Instant third = Instant.now();
        run().exits(0);

        List<Map<String, Object>> attempts = attempts();
        assertThat(attempts)
                .extracting(attempt -> attempt.get("users") + " " + (attempt.get("began_at") != null))
                .containsExactly("0 true", "0 true", "50 true");
        assertThat(began(attempts, 0)).isBetween(first, second);
        assertThat(began(attempts, 1)).isBetween(second, third);
        assertThat(began(attempts, 2)).isBetween(third, Instant.now());
    }

    /** A chunk with a refused user leaves a record for each part that it was split into. */
    @Test
    void anAttemptKeepsItsUsersIfTheDatabaseRefusesOneOfThem() {
        world.execute("alter table users add constraint on_hold check (active or id <> 5)");
        failAfter(6);
        run().exits(4);

        assertThat(world.texts("select attempt || ' ' || user_count from fuse_batch.run_chunks order by id"))
                .containsExactly("1 2", "1 1", "1 1", "1 5", "1 1", "1 10", "2 10", "2 10", "2 10");
        assertThat(attempts())
                .extracting(attempt -> attempt.get("users") + " " + attempt.get("end"))
                .containsExactly("20 FAILED", "30 ENDED");
    }

    /** As after a kill: only the last recorded work tells when the process died. */
    @Test
    void theTimeOfAKilledProcessEndsWithItsLastRecordedWork() {
        failAfter(3);
        world.execute("update fuse_batch.batch_job_execution set status = 'STARTED', end_time = null,"
                + " create_time = create_time - interval '1 hour', start_time = start_time - interval '1 hour',"
                + " last_updated = last_updated - interval '1 hour'");
        world.execute("update fuse_batch.batch_step_execution set start_time = start_time - interval '1 hour',"
                + " last_updated = last_updated - interval '1 hour', end_time = end_time - interval '1 hour'");
        world.execute("update fuse_batch.batch_step_execution set status = 'STARTED', end_time = null"
                + " where status = 'FAILED'");
        world.execute("update fuse_batch.run_chunks set committed_at = committed_at - interval '1 hour'");
        world.execute("update fuse_batch.runs set started_at = started_at - interval '1 hour'");

        run().exits(0);

        assertThat((Double) fuseUsers.summary(1).get("seconds")).isLessThan(1_800);
        assertThat(attempts())
                .extracting(attempt -> attempt.get("users") + " " + attempt.get("end"))
                .containsExactly("30 FAILED", "20 ENDED");
        assertThat(began(attempts(), 0)).isBefore(Instant.now().minusSeconds(1_800));
    }

    private void failAfter(int chunks) {
        world.breakChunksAfter(chunks);
        run().exits(1);
        world.mendChunks();
    }

    private FuseUsers.Result run() {
        return fuseUsers.run(
                "deactivate", "--yes", "--chunk-size", "10", "--partitions", "1", "--max-percent", "100", input);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> attempts() {
        return (List<Map<String, Object>>)
                Objects.requireNonNull(fuseUsers.summary(1).get("attempt_figures"));
    }

    private static Instant began(List<Map<String, Object>> attempts, int index) {
        return Instant.parse(String.valueOf(attempts.get(index).get("began_at")));
    }
}
