package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server becomes read-only during a run, as in a switchover, and writable again; the run continues by itself. */
@ExtendWith(TestPlatform.class)
class SwitchoverTest {

    private static final int USERS = 100;

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;

    SwitchoverTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
    }

    /** The test's server belongs to all tests of the JVM. */
    @AfterEach
    void makeWritable() {
        setServer("reset default_transaction_read_only");
    }

    @Test
    void aRunWaitsOnNewConnectionsUntilTheServerAcceptsChangesAgain() throws Exception {
        Crowd crowd = new Crowd(world, USERS);
        String input = fuseUsers.input("leavers.csv", crowd.lines());
        Process run;
        List<String> sessions;
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 55 for update");
            run = start("deactivate", "--yes", "--max-percent=100", "--chunk-size=10", "--partitions=1", input);
            other.awaitBlocked(1);
            sessions = sessions();
            setServer("set default_transaction_read_only = on");
        }
        try {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(errors().lines()).hasSizeGreaterThan(2));
            List<String> changed = world.texts("select count(*)::text from users where not active");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(sessions()).doesNotContainAnyElementsOf(sessions));
            assertThat(world.texts("select count(*)::text from users where not active"))
                    .isEqualTo(changed);
            assertThat(run.isAlive()).isTrue();
            makeWritable();

            assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            run.destroyForcibly();
        }

        assertThat(run.exitValue()).as(errors()).isZero();
        assertThat(errors().lines()).allMatch(line -> line.endsWith("; trying again"));
        assertThat(errors())
                .containsPattern("the server is a standby or read-only: cannot execute \\w+ in a read-only"
                        + " transaction \\(SQLSTATE 25006\\); trying again\n");
        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    /** With the program's own log, which the tests' stands in for otherwise. */
    private Process start(String... command) throws IOException {
        ProcessBuilder program = fuseUsers.process(command);
        program.environment().put("LOGGING_CONFIG", "classpath:logback-spring.xml");
        return program.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }

    private void setServer(String setting) {
        world.execute("alter system " + setting);
        world.texts("select pg_reload_conf()::text");
    }

    /** The server's processes that work for the program. */
    private List<String> sessions() {
        return world.texts("select pid::text from pg_stat_activity where datname = current_database()"
                + " and application_name = 'fuse-users'");
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }
}
