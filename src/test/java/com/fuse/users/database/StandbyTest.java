package com.fuse.users.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.OtherServer;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that accepts no changes is named by every command that writes; the other commands read from it. */
@ExtendWith(TestPlatform.class)
record StandbyTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {

    private static final List<List<String>> WRITING = List.of(
            List.of("deactivate", "--yes", "--user", "2"),
            List.of("deactivate", "--dry-run", "--user", "2"),
            List.of("reactivate", "--yes", "--user", "1"),
            List.of("reissue-certificates", "--yes", "--user", "1"),
            List.of("undo", "--yes", "1"),
            List.of("stop", "1"),
            List.of("runs", "purge", "--older-than", "0d", "--yes"),
            List.of("migrate"));

    @Test
    void aStandbyIsNamedByEveryCommandThatWritesAndTheOthersReadFromIt() throws IOException {
        try (OtherServer server = new OtherServer(folder)) {
            server.jdbc()
                    .sql("insert into communities (id, name, is_global) values (1, 'All', true)")
                    .update();
            server.jdbc()
                    .sql("insert into users (id, username, email, active) values (1, 'u1', 'u1@x.test', true),"
                            + " (2, 'u2', 'u2@x.test', true)")
                    .update();
            fuseUsers
                    .run(server.settings(), "deactivate", "--yes", "--max-percent", "100", "--user", "1")
                    .exits(0);
            server.becomeStandby();

            assertRefused(
                    server.settings(),
                    server.login(),
                    "the server is a standby and accepts no changes; connect to the primary server");

            assertReads(server.settings(), server.login());
        }
    }

    @Test
    void aReadOnlyServerIsNamedByEveryCommandThatWritesAndTheOthersReadFromIt() {
        world.users(1, 2);
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);
        world.execute("do $$ begin execute format('alter database %I set default_transaction_read_only = on',"
                + " current_database()); end $$");

        assertRefused(
                database.jobSettings(),
                database.login(),
                "the server accepts no changes, because default_transaction_read_only is on for the server, the"
                        + " database or the login; connect to the primary server, or turn the setting off");

        assertReads(database.jobSettings(), database.login());
    }

    private void assertRefused(Map<String, String> settings, DatabaseLogin login, String reason) {
        Map<List<String>, String> refusals = new HashMap<>();
        for (List<String> command : WRITING) {
            FuseUsers.Result refused =
                    fuseUsers.run(settings, command.toArray(String[]::new)).exits(78);
            assertThat(refused.out()).as(command.toString()).isEmpty();
            refusals.put(command, refused.err());
        }
        assertThat(refusals.values()).containsOnly("fuse-users: %s: %s\n".formatted(login.describe(), reason));
    }

    private void assertReads(Map<String, String> settings, DatabaseLogin login) {
        assertThat(fuseUsers.run(settings, "runs").exits(0).out().lines().map(line -> line.replaceAll(" .*", "")))
                .containsExactly("On", "RUN", "1");
        assertThat(fuseUsers.run(settings, "runs", "show", "1").exits(0).out())
                .startsWith(login.line() + "\nRun 1, deactivate --user 1: completed in ");
        assertThat(fuseUsers.run(settings, "runs", "report", "1").exits(0).out())
                .isEqualTo(login.line() + "\nReport: " + folder.resolve("reports/run-1") + "\n");
        assertThat(fuseUsers.run(settings, "communities").exits(0).out()).startsWith("community_id,name,");
    }
}
