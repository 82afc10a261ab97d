package com.fuse.users.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers;
import com.fuse.users.FuseUsers.Result;
import com.fuse.users.PosixSignal;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator pauses a run, whichever process works on it, and lets it go on. */
@ExtendWith(TestPlatform.class)
class PausedRunTest {

    private static final String HOW_TO_GO_ON = "Z; to let it go on, run: fuse-users resume 1";

    private final World world;
    private final FuseUsers fuseUsers;
    private final TroubledRun run;

    PausedRunTest(World world, Path folder, FuseUsers fuseUsers) {
        this.world = world;
        this.fuseUsers = fuseUsers;
        run = new TroubledRun(world, folder, fuseUsers);
    }

    @Test
    void anOperatorPausesARunAndLetsItGoOn() throws Exception {
        run.trouble();
        Process process = run.start();
        run.awaitWait("query");

        Result paused = fuseUsers.run("pause", "1").exits(0);
        assertThat(paused.out())
                .isEqualTo(fuseUsers.line() + "Run 1 waits after its current chunk; \"resume 1\" lets it go on\n");
        run.awaitWait("paused");
        assertShowsThePause();
        run.wellAgain();
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(6))
                .until(() -> world.count("select count(*) from fuse_batch.run_chunks") == 0);

        Result resumed = fuseUsers.run("resume", "1").exits(0);
        assertThat(resumed.out()).isEqualTo(fuseUsers.line() + "Run 1 continues as soon as no limit is exceeded\n");
        run.assertEnds(process, 0);
        assertThat(run.waits()).containsExactly("1 query", "1 paused");
        assertThat(fuseUsers.run("runs", "show", "1").out()).doesNotContain("Paused");
    }

    private void assertShowsThePause() {
        String since = world.texts("select to_char(pause_requested_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS')"
                        + " from fuse_batch.runs")
                .get(0);

        assertThat(fuseUsers.run("runs", "show", "1").out())
                .containsPattern("\nRun 1 is running: .*\nPaused since " + since + HOW_TO_GO_ON + "\n");
        assertThat(fuseUsers.run("runs").out()).contains("  RUNNING, paused  ");
        assertThat(JsonMapper.shared()
                        .readTree(fuseUsers.run("runs", "show", "1", "--json").out())
                        .get("paused_since")
                        .asString())
                .startsWith(since);
    }

    @Test
    void aPausedRunThatWasStoppedSaysHowToLetItGoOn() throws Exception {
        run.trouble();
        Process process = run.start();
        run.awaitWait("query");
        fuseUsers.run("pause", "1").exits(0);
        assertThat(PosixSignal.TERM.sendTo(process)).isTrue();
        run.assertEnds(process, 143);

        String pause = "Paused since \\S+" + HOW_TO_GO_ON;
        assertThat(run.out())
                .containsPattern("\nSo far: 0 of 200 users done, .*\n" + pause + "\nResume: the same command, or: ");
        assertThat(fuseUsers.run("runs").out()).contains("  STOPPED, paused  ");
        fuseUsers.run("runs", "report", "1").exits(0);
        assertThat(fuseUsers.reportText(1, "report.html")).containsPattern("<dt>Pause</dt><dd>" + pause + "</dd>");
    }

    /** The record of a wait ends with the last check, and so does the time that the killed attempt worked. */
    @Test
    void aKillDuringAWaitLosesNothingAndTheRunStaysPaused() throws Exception {
        run.trouble();
        Process killed = run.start();
        run.awaitWait("query");
        fuseUsers.run("pause", "1").exits(0);
        run.awaitWait("paused");
        killed.destroyForcibly().waitFor();
        run.wellAgain();

        Process process = run.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> world.count("select count(*) from fuse_batch.waits where reason = 'paused'") == 2);
        run.assertUntouched();
        fuseUsers.run("resume", "1").exits(0);

        run.assertEnds(process, 0);
        run.assertAllDeactivated();
        assertThat(fuseUsers.run("runs", "show", "1").out())
                .containsPattern("Waited [\\d.]+ s: .*throttle query [\\d.]+ s");
        assertThat(run.waits()).containsExactly("1 query", "1 paused", "2 paused");
        JsonNode attempts = JsonMapper.shared()
                .readTree(fuseUsers.reportText(1, "summary.json"))
                .get("attempt_figures");
        for (int attempt = 1; attempt <= 2; attempt++) {
            long waited = world.count(
                    "select (extract(epoch from sum(last_checked_at - began_at)) * 1000)::bigint from fuse_batch.waits"
                            + " where attempt = ?",
                    attempt);
            assertThat(attempts.get(attempt - 1).get("seconds").asDouble() * 1000)
                    .isGreaterThan(waited);
        }
    }

    @Test
    void aRunThatHasEndedCannotBePaused() {
        fuseUsers.run(run.command()).exits(0);

        for (String request : List.of("pause", "resume")) {
            assertThat(fuseUsers.run(request, "1").exits(64).err())
                    .isEqualTo("fuse-users: no process is working on run 1; \"runs\" shows its state\n");
        }
    }
}
