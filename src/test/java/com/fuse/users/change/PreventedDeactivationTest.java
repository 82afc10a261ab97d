package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Something of the platform keeps rows as they are, and raises no error. The user fails, keeps everything, and all others are
 * changed.
 */
@ExtendWith(TestPlatform.class)
class PreventedDeactivationTest {

    private final World world;
    private final FuseUsers fuseUsers;
    private final FourUsers users;

    PreventedDeactivationTest(World world, FuseUsers fuseUsers) {
        this.world = world;
        this.fuseUsers = fuseUsers;
        users = new FourUsers(world, fuseUsers);
    }

    @BeforeEach
    void makeUsers() {
        users.make();
    }

    @Test
    void aUserWhomATriggerKeepsActiveFails() {
        Poison.OF_UPDATES.run(world, "return null", 3);

        users.deactivate().exits(4);

        users.assertUser3IsKept(1, "DEACTIVATED", "users");
        assertThat(users.users())
                .containsExactly(
                        "1" + FourUsers.GONE, "2" + FourUsers.GONE, "3" + FourUsers.COMPLETE, "4" + FourUsers.GONE);
        assertThat(deletedRows(1))
                .containsExactly(
                        "auto_login_tokens 6",
                        "certificates 6",
                        "community_memberships 6",
                        "device_tokens 6",
                        "membership_requests 3",
                        "oauth_tokens 6");
    }

    @Test
    void aUserWhomARuleKeepsActiveFails() {
        world.execute("create rule keep as on update to users where old.id = 3 do instead nothing");

        users.deactivate().exits(4);

        users.assertUser3IsKept(1, "DEACTIVATED", "users");
        assertThat(users.users())
                .containsExactly(
                        "1" + FourUsers.GONE, "2" + FourUsers.GONE, "3" + FourUsers.COMPLETE, "4" + FourUsers.GONE);
    }

    @Test
    void aUserWhomATriggerChangesBackFails() {
        new Poison("trigger", "after update on users", "new.id")
                .run(
                        world,
                        "if not new.active then"
                                + " update public.users set active = true, deactivated_at = null where id = new.id;"
                                + " end if",
                        3);

        users.deactivate().exits(4);

        users.assertUser3IsKept(1, "DEACTIVATED", "users");
        assertThat(users.users())
                .containsExactly(
                        "1" + FourUsers.GONE, "2" + FourUsers.GONE, "3" + FourUsers.COMPLETE, "4" + FourUsers.GONE);
    }

    @ParameterizedTest
    @CsvSource({
        "auto_login_tokens",
        "device_tokens",
        "oauth_tokens",
        "membership_requests",
        "community_memberships",
        "certificates"
    })
    void aUserOfWhomATriggerKeepsARowFails(String table) {
        new Poison("trigger", "before delete on " + table, "old.user_id").run(world, "return null", 3);

        users.deactivate().exits(4);

        users.assertUser3IsKept(1, "DEACTIVATED", table);
        assertThat(users.users())
                .containsExactly(
                        "1" + FourUsers.GONE, "2" + FourUsers.GONE, "3" + FourUsers.COMPLETE, "4" + FourUsers.GONE);
    }

    @Test
    void theMessageNamesEveryTable() {
        Poison.OF_UPDATES.run(world, "return null", 3);
        world.execute("create trigger refuse before delete on oauth_tokens for each row when (old.user_id = 3)"
                + " execute function test_sessions.refuse()");

        users.deactivate().exits(4);

        users.assertUser3IsKept(1, "DEACTIVATED", "oauth_tokens", "users");
    }

    @Test
    void aDeferredTriggerThatKeepsAUserActiveIsSeen() {
        new Poison("constraint trigger", "after update on users initially deferred", "new.id")
                .run(
                        world,
                        "if not new.active then"
                                + " update public.users set active = true, deactivated_at = null where id = new.id;"
                                + " end if",
                        3);

        users.deactivate().exits(4);

        users.assertUser3IsKept(1, "DEACTIVATED", "users");
    }

    /** An undo would not find the user. The platform's own table may lack the constraint that the reference has. */
    @Test
    void aUserWhomATriggerLeavesWithoutATimeFails() {
        world.execute("alter table users drop constraint users_active_or_deactivated");
        Poison.OF_UPDATES.run(world, "new.deactivated_at := null", 3);

        users.deactivate().exits(4);

        users.assertUser3IsKept(1, "DEACTIVATED", "users");
        assertThat(users.users())
                .containsExactly(
                        "1" + FourUsers.GONE, "2" + FourUsers.GONE, "3" + FourUsers.COMPLETE, "4" + FourUsers.GONE);
    }

    @Test
    void aDryRunDecidesAsIfNothingInterfered() {
        Poison.OF_UPDATES.run(world, "return null", 3);

        users.run("deactivate", "--dry-run").exits(0);

        assertThat(users.outcomes(1))
                .containsExactly("1 DEACTIVATED", "2 DEACTIVATED", "3 DEACTIVATED", "4 DEACTIVATED");
        assertThat(users.users())
                .containsExactly(
                        "1" + FourUsers.COMPLETE,
                        "2" + FourUsers.COMPLETE,
                        "3" + FourUsers.COMPLETE,
                        "4" + FourUsers.COMPLETE);
    }

    /** PostgreSQL refuses the whole statement, whoever its users are. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users | on update to users do instead nothing"
                        + " | DO INSTEAD NOTHING rules are not supported for data-modifying statements in WITH",
                "oauth_tokens | on delete to oauth_tokens where old.user_id = 3 do instead nothing"
                        + " | cannot perform DELETE RETURNING on relation \"oauth_tokens\""
            })
    void aRuleThatMakesTheStatementImpossibleFailsTheRunAndIsNamed(String table, String rule, String error) {
        world.execute("create rule keep as " + rule);

        FuseUsers.Result failed = users.deactivate().exits(1);

        assertThat(failed.err())
                .isEqualTo("fuse-users: run 1 failed: the platform prevents the change by rule keep on " + table + ": "
                        + error + " (SQLSTATE 0A000); the same command resumes it\n");
        assertThat(users.outcomes(1)).isEmpty();
        assertThat(users.users())
                .containsExactly(
                        "1" + FourUsers.COMPLETE,
                        "2" + FourUsers.COMPLETE,
                        "3" + FourUsers.COMPLETE,
                        "4" + FourUsers.COMPLETE);
        world.execute("drop rule keep on " + table);
        users.deactivate().exits(0);
        assertThat(users.users())
                .containsExactly(
                        "1" + FourUsers.GONE, "2" + FourUsers.GONE, "3" + FourUsers.GONE, "4" + FourUsers.GONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "before update | new.deactivated_at := '2020-01-02T03:04:05.678901Z'",
                "after update | if new.deactivated_at > '2021-01-01' then update public.users"
                        + " set deactivated_at = '2020-01-02T03:04:05.678901Z' where id = new.id; end if"
            })
    void theTimeThatATriggerWritesIsRecordedAndAnUndoFindsItsUsers(String when, String statement) {
        new Poison("trigger", when + " on users", "new.id")
                .run(world, "if not new.active then " + statement + "; end if", 2, 3);

        users.deactivate().exits(0);

        assertThat(world.texts("""
                        select concat_ws(' ', o.user_id, o.outcome, o.removed_community_ids,
                                         o.decided_at = '2020-01-02T03:04:05.678901Z', o.decided_at = u.deactivated_at)
                        from fuse_batch.run_outcomes o
                        join users u on u.id = o.user_id
                        order by o.line
                        """))
                .containsExactly(
                        "1 DEACTIVATED {1,2} f t",
                        "2 DEACTIVATED {1,2} t t",
                        "3 DEACTIVATED {1,2} t t",
                        "4 DEACTIVATED {1,2} f t");
        fuseUsers.run("undo", "--yes", "1").exits(0);
        assertThat(users.outcomes(2))
                .containsExactly("1 REACTIVATED", "2 REACTIVATED", "3 REACTIVATED", "4 REACTIVATED");
        assertThat(users.users())
                .containsExactly(
                        "1" + FourUsers.BACK, "2" + FourUsers.BACK, "3" + FourUsers.BACK, "4" + FourUsers.BACK);
    }

    private List<String> deletedRows(long run) {
        return world.texts("""
                select concat_ws(' ', key, sum(value::bigint))
                from fuse_batch.run_chunks, json_each_text(deleted_rows)
                where run_id = ?
                group by key
                order by key
                """, run);
    }
}
