package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Something of the platform keeps rows as they are, and raises no error. The user fails, keeps everything, and all others
 * are changed. Each of the users 1 to 4 has a row in every table; user 3 is the one who is kept.
 */
@ExtendWith(TestPlatform.class)
record PreventedChangeTest(World world, FuseUsers fuseUsers) {

    /** A user as {@link #users()} shows them before the first run. */
    private static final String COMPLETE = " active, 2 2 2 tokens, 1 request, member of 1 2, certificates 10 11 20 21";

    private static final String GONE = " inactive, 0 0 0 tokens, 0 request, member of -, certificates 11 21";
    private static final String BACK = " active, 0 0 0 tokens, 0 request, member of 1, certificates 10 11 21";
    private static final String BACK_IN_ALL = " active, 0 0 0 tokens, 0 request, member of 1 2, certificates 10 11 21";
    private static final String USERS_NOT_CHANGED =
            "users was not changed; a trigger or rule of the platform prevents it";

    @BeforeEach
    void makeUsers() {
        for (long user = 1; user <= 4; user++) {
            world.user(user);
            world.everything(user);
        }
    }

    @Nested
    class OfADeactivation {

        @Test
        void aUserWhomATriggerKeepsActiveFails() {
            Poison.OF_UPDATES.run(world, "return null", 3);

            deactivate().exits(4);

            assertUser3Fails(1, "DEACTIVATED", USERS_NOT_CHANGED);
            assertThat(users()).containsExactly("1" + GONE, "2" + GONE, "3" + COMPLETE, "4" + GONE);
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

            deactivate().exits(4);

            assertUser3Fails(1, "DEACTIVATED", USERS_NOT_CHANGED);
            assertThat(users()).containsExactly("1" + GONE, "2" + GONE, "3" + COMPLETE, "4" + GONE);
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

            deactivate().exits(4);

            assertUser3Fails(1, "DEACTIVATED", USERS_NOT_CHANGED);
            assertThat(users()).containsExactly("1" + GONE, "2" + GONE, "3" + COMPLETE, "4" + GONE);
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

            deactivate().exits(4);

            assertUser3Fails(
                    1, "DEACTIVATED", table + " was not changed; a trigger or rule of the platform prevents it");
            assertThat(users()).containsExactly("1" + GONE, "2" + GONE, "3" + COMPLETE, "4" + GONE);
        }

        @Test
        void theMessageNamesEveryTable() {
            Poison.OF_UPDATES.run(world, "return null", 3);
            world.execute("create trigger refuse before delete on oauth_tokens for each row when (old.user_id = 3)"
                    + " execute function test_sessions.refuse()");

            deactivate().exits(4);

            assertUser3Fails(
                    1,
                    "DEACTIVATED",
                    "oauth_tokens, users were not changed; a trigger or rule of the platform prevents it");
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

            deactivate().exits(4);

            assertUser3Fails(1, "DEACTIVATED", USERS_NOT_CHANGED);
        }

        @Test
        void aDryRunDecidesAsIfNothingInterfered() {
            Poison.OF_UPDATES.run(world, "return null", 3);

            run("deactivate", "--dry-run").exits(0);

            assertThat(outcomes(1)).containsExactly("1 DEACTIVATED", "2 DEACTIVATED", "3 DEACTIVATED", "4 DEACTIVATED");
            assertThat(users()).containsExactly("1" + COMPLETE, "2" + COMPLETE, "3" + COMPLETE, "4" + COMPLETE);
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

            FuseUsers.Result failed = deactivate().exits(1);

            assertThat(failed.err())
                    .isEqualTo("fuse-users: run 1 failed: the platform prevents the change by rule keep on " + table
                            + ": " + error + " (SQLSTATE 0A000); the same command resumes it\n");
            assertThat(outcomes(1)).isEmpty();
            assertThat(users()).containsExactly("1" + COMPLETE, "2" + COMPLETE, "3" + COMPLETE, "4" + COMPLETE);
            world.execute("drop rule keep on " + table);
            deactivate().exits(0);
            assertThat(users()).containsExactly("1" + GONE, "2" + GONE, "3" + GONE, "4" + GONE);
        }
    }

    @Nested
    class OfATransfer {

        @BeforeEach
        void makeAdmins() {
            world.user(8);
            world.admin(2, 2);
            world.admin(3, 3);
        }

        @ParameterizedTest
        @CsvSource({
            "before insert on community_admins, new.community_id, community_admins",
            "before insert on community_memberships, new.community_id, community_memberships"
        })
        void aLeaverWhoseSuccessorGetsNothingFails(String when, String communityId, String table) {
            new Poison("trigger", when, communityId).run(world, "return null", 3);

            run("deactivate", "--transfer-admin-to", "8").exits(4);

            assertUser3Fails(
                    1, "DEACTIVATED", table + " was not changed; a trigger or rule of the platform prevents it");
            assertThat(users().subList(0, 4)).containsExactly("1" + GONE, "2" + GONE, "3" + COMPLETE, "4" + GONE);
            assertThat(admins()).containsExactly("2 admin 8", "3 admin 3");
        }

        /** The guard of the platform refuses to make the admin inactive, and names the community. */
        @Test
        void aLeaverWhoKeepsTheRoleFails() {
            new Poison("trigger", "before delete on community_admins", "old.user_id").run(world, "return null", 3);

            run("deactivate", "--transfer-admin-to", "8").exits(4);

            assertUser3Fails(
                    1, "DEACTIVATED", "a community admin cannot be inactive: user 3 is admin of 3 (SQLSTATE 23514)");
            assertThat(admins()).containsExactly("2 admin 8", "3 admin 3");
        }
    }

    @Nested
    class OfAReactivation {

        @BeforeEach
        void makeInactive() {
            deactivate().exits(0);
        }

        @Test
        void aUserWhomATriggerKeepsInactiveFails() {
            Poison.OF_UPDATES.run(world, "return null", 3);

            run("reactivate").exits(4);

            assertUser3Fails(2, "REACTIVATED", USERS_NOT_CHANGED);
            assertThat(users()).containsExactly("1" + BACK, "2" + BACK, "3" + GONE, "4" + BACK);
        }

        @ParameterizedTest
        @CsvSource({"community_memberships", "certificates"})
        void aUserWhoDoesNotGetARowFails(String table) {
            new Poison("trigger", "before insert on " + table, "new.user_id").run(world, "return null", 3);

            run("reactivate").exits(4);

            assertUser3Fails(
                    2, "REACTIVATED", table + " was not changed; a trigger or rule of the platform prevents it");
            assertThat(users()).containsExactly("1" + BACK, "2" + BACK, "3" + GONE, "4" + BACK);
        }
    }

    @Nested
    class OfAnUndo {

        @BeforeEach
        void makeInactive() {
            deactivate().exits(0);
        }

        @Test
        void aUserWhomATriggerKeepsInactiveFails() {
            Poison.OF_UPDATES.run(world, "return null", 3);

            fuseUsers.run("undo", "--yes", "1").exits(4);

            assertUser3Fails(2, "REACTIVATED", USERS_NOT_CHANGED);
            assertThat(users()).containsExactly("1" + BACK, "2" + BACK, "3" + GONE, "4" + BACK);
        }

        @Test
        void aUserWhoDoesNotGetAMembershipBackFails() {
            new Poison(
                            "trigger",
                            "before insert on community_memberships",
                            "case new.community_id when 2 then new.user_id end")
                    .run(world, "return null", 3);

            fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(4);

            assertUser3Fails(
                    2,
                    "REACTIVATED",
                    "community_memberships was not changed; a trigger or rule of the platform prevents it");
            assertThat(users()).containsExactly("1" + BACK_IN_ALL, "2" + BACK_IN_ALL, "3" + GONE, "4" + BACK_IN_ALL);
        }
    }

    @Nested
    class OfReissuedCertificates {

        @Test
        void aUserWhoDoesNotGetACertificateFails() {
            world.execute("delete from certificates where course_id = 20");
            new Poison("trigger", "before insert on certificates", "new.user_id").run(world, "return null", 3);

            run("reissue-certificates").exits(4);

            assertUser3Fails(
                    1, "REISSUED", "certificates was not changed; a trigger or rule of the platform prevents it");
            assertThat(users())
                    .containsExactly(
                            "1" + COMPLETE,
                            "2" + COMPLETE,
                            "3 active, 2 2 2 tokens, 1 request, member of 1 2, certificates 10 11 21",
                            "4" + COMPLETE);
        }
    }

    @Nested
    class OfTheTime {

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

            deactivate().exits(0);

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
            assertThat(outcomes(2)).containsExactly("1 REACTIVATED", "2 REACTIVATED", "3 REACTIVATED", "4 REACTIVATED");
            assertThat(users()).containsExactly("1" + BACK, "2" + BACK, "3" + BACK, "4" + BACK);
        }
    }

    private FuseUsers.Result deactivate() {
        return run("deactivate");
    }

    private FuseUsers.Result run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--yes"));
        arguments.addAll(List.of(options));
        arguments.add(fuseUsers.input("users.csv", "user_id", "1", "2", "3", "4"));
        return fuseUsers.run(arguments.toArray(String[]::new));
    }

    /** User 3 fails for this reason, and the other three have this outcome. */
    private void assertUser3Fails(long run, String outcome, String message) {
        assertThat(outcomes(run))
                .containsExactly("1 " + outcome, "2 " + outcome, "3 FAILED " + message, "4 " + outcome);
    }

    private List<String> outcomes(long run) {
        return world.texts("""
                select concat_ws(' ', user_id, outcome, case outcome when 'FAILED' then message end)
                from fuse_batch.run_outcomes
                where run_id = ?
                order by user_id
                """, run);
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

    private List<String> admins() {
        return world.texts(
                "select concat_ws(' ', community_id, 'admin', user_id) from community_admins order by community_id");
    }

    private List<String> users() {
        return world.texts("""
                select concat(u.id, case when active then ' active, ' else ' inactive, ' end,
                    (select count(*) from auto_login_tokens t where t.user_id = u.id), ' ',
                    (select count(*) from device_tokens t where t.user_id = u.id), ' ',
                    (select count(*) from oauth_tokens t where t.user_id = u.id), ' tokens, ',
                    (select count(*) from membership_requests t where t.user_id = u.id), ' request, member of ',
                    coalesce((select string_agg(t.community_id::text, ' ' order by t.community_id)
                              from community_memberships t where t.user_id = u.id), '-'), ', certificates ',
                    (select string_agg(t.course_id::text, ' ' order by t.course_id)
                     from certificates t where t.user_id = u.id))
                from users u
                order by u.id
                """);
    }
}
