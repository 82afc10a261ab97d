package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy would hide rows from the job, as if they were gone. The job refuses to work instead. */
@ExtendWith(TestPlatform.class)
class RowSecurityTest {

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;

    RowSecurityTest(TestDatabase database, World world, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, 10);
    }

    @ParameterizedTest
    @CsvSource({
        "deactivate, users, select",
        "deactivate, users, update",
        "deactivate, oauth_tokens, delete",
        "deactivate, certificates, select",
        "reactivate, users, all",
        "reactivate, community_memberships, insert",
        "reissue-certificates, certificates, all"
    })
    void aTableWithAPolicyIsNamedAndNothingIsDone(String command, String table, String action) {
        hide(table, action);

        FuseUsers.Result refused = fuseUsers
                .run(command, "--yes", fuseUsers.input("users.csv", crowd.lines()))
                .exits(78);

        assertThat(refused.err())
                .isEqualTo("fuse-users: row security hides rows of " + table + " from this login; give the login the"
                        + " attribute BYPASSRLS, or disable row security there\n");
        assertThat(crowd.untouched()).isEqualTo(Crowd.ids(1, 10));
        assertThat(world.count("select count(*) from fuse_batch.run_outcomes")).isZero();
    }

    /** Usernames are looked up before the rights are checked. */
    @Test
    void anInputOfUsernamesIsRefusedForTheSameReason() {
        hide("users", "select");

        FuseUsers.Result refused = fuseUsers
                .run("deactivate", "--yes", fuseUsers.input("users.csv", "username", "user1"))
                .exits(78);

        assertThat(refused.err())
                .isEqualTo(
                        "fuse-users: the database refuses: query would be affected by row-level security policy for table \"users\""
                                + " (SQLSTATE 42501); the program must see all rows: give the login the attribute BYPASSRLS, or"
                                + " disable row security there\n");
    }

    @Test
    void anUndoIsRefusedToo() {
        fuseUsers
                .run("deactivate", "--yes", fuseUsers.input("users.csv", crowd.lines()))
                .exits(0);
        hide("community_memberships", "insert");

        FuseUsers.Result refused = fuseUsers.run("undo", "--yes", "1").exits(78);

        assertThat(refused.err())
                .isEqualTo(
                        "fuse-users: row security hides rows of community_memberships from this login; give the login"
                                + " the attribute BYPASSRLS, or disable row security there\n");
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 10));
    }

    @Test
    void aPlanIsRefusedToo() {
        hide("device_tokens", "delete");

        fuseUsers
                .run("deactivate", "--dry-run", fuseUsers.input("users.csv", crowd.lines()))
                .exits(78);
    }

    @Test
    void aLoginThatBypassesRowSecurityWorks() {
        hide("users", "all");
        world.execute("create role sees_all_rows login password 'all rows' bypassrls in role fuse_users_job");
        try {
            Map<String, String> settings = new HashMap<>(database.jobSettings());
            settings.put("spring.datasource.username", "sees_all_rows");
            settings.put("spring.datasource.password", "all rows");
            fuseUsers
                    .run(settings, "deactivate", "--yes", fuseUsers.input("users.csv", crowd.lines()))
                    .exits(0);
        } finally {
            world.execute("drop role sees_all_rows");
        }

        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, 10));
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, 10));
    }

    /** The policy lets all rows pass except those of user 3. */
    private void hide(String table, String action) {
        String condition = "(%s <> 3)".formatted(table.equals("users") ? "id" : "user_id");
        world.execute("alter table " + table + " enable row level security");
        world.execute("create policy all_else on " + table + " using (true)");
        world.execute("create policy hide on %s as restrictive for %s %s"
                .formatted(table, action, action.equals("insert") ? "with check " + condition : "using " + condition));
    }
}
