package com.fuse.users.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.run.Actor;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** {@code history} says which runs named a user: when, with which outcome, by whom and why. */
@ExtendWith(TestPlatform.class)
record UserHistoryTest(World world, TestDatabase database, FuseUsers fuseUsers) {

    @Test
    void listsTheRunsThatNamedTheUserNewestFirst() {
        world.users(1, 2);
        String leavers = fuseUsers.input("leavers.csv", "2", "1", "1");
        fuseUsers.run("deactivate", "--yes", "--reason", "CHG-605", leavers).exits(4);
        fuseUsers.run("deactivate", "--yes", "--user", "2").exits(0);
        fuseUsers.run("undo", "--dry-run", "1").exits(0);

        Actor me = Actor.ofThisProcess();
        String by = "  By: %s, login %s, fuse-users from a checkout\n".formatted(me.describe(), database.jobUser());
        assertThat(fuseUsers.run("history", "--user", "1").exits(0).out().replaceAll("\\d{4}-[0-9T:-]+Z", "TIME"))
                .isEqualTo(fuseUsers.line() + "User 1: 2 runs\n"
                        + "\nTIME REACTIVATED (dry run, nothing changed)\n"
                        + "  Run 3, undo --dry-run run 1, line 2\n" + by
                        + "\nTIME DEACTIVATED\n"
                        + "  Run 1, deactivate " + leavers + ", line 2\n" + by
                        + "  Reason: CHG-605\n");
    }

    @Test
    void printsJson() {
        world.user(1);
        world.execute("update users set active = false, deactivated_at = '2024-02-03 04:05:06Z'");
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);

        List<Map<String, Object>> json = JsonMapper.shared()
                .readValue(
                        fuseUsers
                                .run("history", "--json", "--user", "1")
                                .exits(0)
                                .out(),
                        new TypeReference<>() {});

        assertThat(json).singleElement().satisfies(entry -> {
            assertThat(entry.keySet())
                    .containsExactly(
                            "run",
                            "command",
                            "dry_run",
                            "input",
                            "line",
                            "outcome",
                            "decided_at",
                            "message",
                            "by",
                            "reason");
            assertThat(entry)
                    .containsEntry("run", 1)
                    .containsEntry("command", "deactivate")
                    .containsEntry("dry_run", false)
                    .containsEntry("line", 1)
                    .containsEntry("outcome", "ALREADY_INACTIVE")
                    .containsEntry("message", "inactive since 2024-02-03T04:05:06Z")
                    .containsEntry("reason", null);
            assertThat(entry.get("decided_at"))
                    .isEqualTo(world.texts(
                                    "select to_char(decided_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                                            + " from fuse_batch.run_outcomes")
                            .get(0));
            assertThat(entry.get("by"))
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                    .containsEntry("login", database.jobUser());
        });
    }

    @Test
    void findsTheUserByUsernameAndByEmail() {
        world.user(1);
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);
        String username = world.texts("select username from users").get(0);
        String email = world.texts("select upper(email) from users").get(0);

        assertThat(fuseUsers.run("history", "--username", username).exits(0).out())
                .contains("User 1: 1 run\n");
        assertThat(fuseUsers.run("history", "--email", email).exits(0).out()).contains("User 1: 1 run\n");
        assertThat(fuseUsers
                        .run("history", "--username", username + "x")
                        .exits(64)
                        .err())
                .isEqualTo("fuse-users: no user has the username " + username
                        + "x; if the user is gone, give the ID by --user\n");
    }

    @Test
    void knowsAUserWhoIsGoneAndOneWhomNoRunNamed() {
        world.user(1);
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);
        world.deleteUser(1);

        assertThat(fuseUsers.run("history", "--user", "1").exits(0).out()).contains("User 1: 1 run\n");
        assertThat(fuseUsers.run("history", "--user", "2").exits(0).out()).endsWith("User 2: 0 runs\n");
        assertThat(fuseUsers.run("history", "--user", "0").exits(64).err())
                .startsWith("fuse-users: a user ID is 1 or more, not 0");
        assertThat(fuseUsers.run("history").exits(64).err()).startsWith("fuse-users: ");
    }

    @Test
    void saysThatARunHasNotDecidedTheUser() {
        world.users(1, 2);
        world.breakChunks();
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(1);

        assertThat(fuseUsers.run("history", "--user", "1").exits(0).out())
                .contains("\nnot decided\n  Run 1, deactivate --user 1, line 1\n");
    }
}
