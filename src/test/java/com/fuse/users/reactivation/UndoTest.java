package com.fuse.users.reactivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The undo of a run, compared row by row: which users it reactivates, what it restores, and which users it leaves
 * unchanged.
 */
@ExtendWith(TestPlatform.class)
record UndoTest(World world, Path folder, FuseUsers fuseUsers) {

    private static final String HEADER = "line,input,user_id,outcome,community_ids,message";

    @Nested
    class OfARun {

        @Test
        void reactivatesExactlyTheUsersWhomTheRunDeactivated() {
            world.users(1, 5);
            world.everything(1);
            world.everything(2);
            world.admin(2, 2);
            world.execute("update users set active = false, deactivated_at = '2024-02-03T04:05:06Z' where id = 3");
            world.everything(5);
            world.inactiveUser(6, "2024-02-03T04:05:06Z");
            Map<String, List<String>> expected = world.platformWithoutAccessOf("1, 4");
            String input = fuseUsers.input(
                    "leavers.csv",
                    "email",
                    "user2@example.org",
                    "User4@example.org",
                    "user3@example.org",
                    "nobody@example.org",
                    "user1@example.org",
                    "user4@example.org");
            fuseUsers.run("deactivate", "--yes", input).exits(4);

            String start = world.now();
            FuseUsers.Result undo = fuseUsers.run("undo", "--yes", "1").exits(0);

            assertThat(undo.err()).isEmpty();
            assertThat(undo.out())
                    .startsWith(fuseUsers.opened(2) + "undo run 1\n")
                    .contains("2 rows name 2 users; 2 would be reactivated, of 2 active users\n");
            assertThat(world.platformWithoutAddedSince(start)).isEqualTo(expected);
            assertThat(world.addedSince(start))
                    .containsExactly("1 certificate of 10", "1 member of 1", "4 member of 1");
            assertThat(fuseUsers.outcomes(2)).containsExactly(HEADER, "3,4,4,REACTIVATED,,", "6,1,1,REACTIVATED,,");
            assertThat(fuseUsers.report(2, "skipped.csv")).hasSize(1);
            assertThat(fuseUsers.report(2, "removed-memberships.csv")).hasSize(1);
            assertThat(fuseUsers.summary(2))
                    .contains(
                            entry("command", "undo"),
                            entry("undone_run", 1),
                            entry("with_memberships", false),
                            entry("input", "run 1"),
                            entry("exit_code", 0),
                            entry("rows", 2),
                            entry("outcomes", Map.of("REACTIVATED", 2)),
                            entry("added_rows", Map.of("community_memberships", 2, "certificates", 1)),
                            entry("deleted_rows", Map.of()));
        }

        @Test
        void restoresMembershipsOnRequestIfUserAndCommunityStillExist() {
            world.users(1, 6);
            world.everything(1);
            world.member(2, 2);
            world.member(2, 3);
            world.member(3, World.GLOBAL);
            world.member(3, 3);
            world.member(4, 2);
            world.member(6, 2);
            List<String> accounts = world.texts("select t::text from users t where id <> 4 order by t::text");
            deactivate(1, 2, 3, 4, 5);
            world.deleteUser(4);
            world.deleteCommunity(3);
            Map<String, List<String>> expected = world.platform();
            expected.put("users", accounts);

            String start = world.now();
            FuseUsers.Result undo =
                    fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(4);

            assertThat(undo.err())
                    .isEqualTo("fuse-users: 1 row skipped; fix the cause, then run: fuse-users undo"
                            + " --with-memberships 1\n");
            assertThat(undo.out()).startsWith(fuseUsers.opened(2) + "undo --with-memberships run 1\n");
            assertThat(world.platformWithoutAddedSince(start)).isEqualTo(expected);
            assertThat(world.addedSince(start))
                    .containsExactly(
                            "1 certificate of 10",
                            "1 member of 1",
                            "1 member of 2",
                            "2 member of 1",
                            "2 member of 2",
                            "3 member of 1",
                            "5 member of 1");
            assertThat(fuseUsers.outcomes(2))
                    .containsExactly(
                            HEADER,
                            "1,1,1,REACTIVATED,,",
                            "2,2,2,REACTIVATED,,",
                            "3,3,3,REACTIVATED,,",
                            "4,4,4,NOT_FOUND,,there is no user 4",
                            "5,5,5,REACTIVATED,,");
            assertThat(fuseUsers.summary(2))
                    .contains(
                            entry("with_memberships", true),
                            entry("skips", 1),
                            entry("added_rows", Map.of("community_memberships", 6, "certificates", 1)));
        }

        @Test
        void leavesUsersUnchangedWhoAreActiveOrInactiveForAnotherReason() {
            world.users(1, 5);
            world.execute("update users set created_at = '2023-01-02T03:04:05Z'");
            LongStream.rangeClosed(1, 5).forEach(world::everything);
            deactivate(1, 2, 3, 4, 5);
            fuseUsers.run("reactivate", "--yes", "--user", "2", "--user", "3").exits(0);
            deactivate(3);
            world.execute("update users set deactivated_at = '2025-01-02T03:04:05Z' where id = 4");
            world.execute("update users set personal_data_removed_at = '2025-03-04T05:06:07Z' where id = 5");
            Map<String, List<String>> before = world.platform();
            List<String> othersBefore = accountsBut(1);

            String start = world.now();
            FuseUsers.Result undo =
                    fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(4);

            assertThat(undo.out())
                    .contains(
                            "5 rows name 5 users; 1 would be reactivated or become members again, of 1 active user\n");
            assertThat(accountsBut(1)).isEqualTo(othersBefore);
            assertThat(world.texts("select active::text from users where id = 1"))
                    .containsExactly("true");
            Map<String, List<String>> after = world.platformWithoutAddedSince(start);
            before.remove("users");
            after.remove("users");
            assertThat(after).isEqualTo(before);
            assertThat(world.addedSince(start))
                    .containsExactly("1 certificate of 10", "1 member of 1", "1 member of 2");
            assertThat(fuseUsers.outcomes(4))
                    .containsExactly(
                            HEADER,
                            "1,1,1,REACTIVATED,,",
                            "2,2,2,ALREADY_ACTIVE,,active; the account has existed since 2023-01-02T03:04:05Z",
                            "3,3,3,ALREADY_INACTIVE,,\"inactive since " + deactivatedAt(3)
                                    + ", which run 1 did not do; left alone\"",
                            "4,4,4,ALREADY_INACTIVE,,\"inactive since 2025-01-02T03:04:05Z, which run 1 did not do; left"
                                    + " alone\"",
                            "5,5,5,PERSONAL_DATA_REMOVED,,\"personal data removed since 2025-03-04T05:06:07Z; the account"
                                    + " cannot come back, make a new one\"");
            assertThat(fuseUsers.report(4, "skipped.csv"))
                    .hasSize(2)
                    .element(1)
                    .asString()
                    .startsWith("5,5,PERSONAL_DATA_REMOVED,");
        }

        @Test
        void namesTheRemedyForSkippedRows() {
            world.users(1, 2);
            deactivate(1, 2);
            world.deleteUser(2);

            FuseUsers.Result plan = fuseUsers.run("undo", "--dry-run", "1");
            FuseUsers.Result accepted = fuseUsers.run("undo", "--yes", "--accept-skips", "1");

            String advice = "1 row skipped; fix the cause, then run: fuse-users undo 1\n";
            plan.exits(4);
            assertThat(plan.err())
                    .startsWith("fuse-users: 1 row would be skipped; see ")
                    .endsWith("run-2/skipped.csv\n");
            accepted.exits(0);
            assertThat(accepted.err()).isEmpty();
            assertThat(accepted.out()).contains("Report: " + folder.resolve("reports/run-3") + "\n" + advice);
        }

        @Test
        void findsEveryUserActiveTheSecondTime() {
            world.users(1, 2);
            world.everything(1);
            world.everything(2);
            deactivate(1, 2);
            fuseUsers.run("undo", "--yes", "1");
            Map<String, List<String>> before = world.platform();

            FuseUsers.Result again = fuseUsers.run("undo", "--yes", "1").exits(0);

            assertThat(again.out())
                    .startsWith(fuseUsers.opened(3) + "undo run 1\nThe same input was completed before, by run 2 on ")
                    .contains("2 rows name 2 users; 0 would be reactivated");
            assertThat(world.platform()).isEqualTo(before);
            assertThat(fuseUsers.summary(3))
                    .contains(
                            entry("outcomes", Map.of("ALREADY_ACTIVE", 2)),
                            entry("added_rows", Map.of("community_memberships", 0, "certificates", 0)));
        }

        @Test
        void hasNothingToDoIfTheRunDeactivatedNoUser() {
            world.inactiveUser(1, "2024-02-03T04:05:06Z");
            deactivate(1);
            Map<String, List<String>> before = world.platform();

            FuseUsers.Result undo = fuseUsers.run("undo", "--yes", "1").exits(0);

            assertThat(undo.out()).contains("0 rows name 0 users; 0 would be reactivated");
            assertThat(world.platform()).isEqualTo(before);
            assertThat(fuseUsers.outcomes(2)).containsExactly(HEADER);
            assertThat(fuseUsers.summary(2)).contains(entry("rows", 0), entry("outcomes", Map.of()));
        }

        @Test
        void leavesAdminRolesWithTheSuccessors() {
            world.users(1, 2);
            world.member(1, 2);
            world.admin(1, 2);
            fuseUsers
                    .run("deactivate", "--yes", "--transfer-admin-to", "2", "--user", "1")
                    .exits(0);

            FuseUsers.Result undo = fuseUsers.run("undo", "--yes", "1").exits(0);

            assertThat(world.texts("select user_id || ' admin of ' || community_id from community_admins"))
                    .containsExactly("2 admin of 2");
            assertThat(undo.out())
                    .containsPattern("\n  community_admins +1\n")
                    .contains("\nAdmin roles stay with those who took them over.\n");
        }

        @Test
        void needsAConfirmation() {
            world.users(1, 1);
            deactivate(1);

            FuseUsers.Result result = fuseUsers.run("undo", "1").exits(77);

            assertThat(result.err().lines()).singleElement().asString().contains("no terminal", "--yes");
            assertThat(active()).isEmpty();
        }

        private List<String> accountsBut(long userId) {
            return world.texts("select t::text from users t where id <> ? order by id", userId);
        }

        private String deactivatedAt(long userId) {
            return Instant.parse(world.texts(
                                    "select to_char(deactivated_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                                            + " from users where id = ?",
                                    userId)
                            .get(0))
                    .toString();
        }
    }

    /** One clear line on standard error, and nothing done at all. */
    @Nested
    class Refused {

        @Test
        void refusesAnUndo() {
            world.user(1);
            deactivate(1);
            fuseUsers.run("undo", "--yes", "1");

            assertRefused("run 2 is a run of undo, and only one of deactivate can be undone; \"runs\" lists them", "2");
        }

        @Test
        void refusesAReactivationAndAReissue() {
            world.inactiveUser(1, "2024-02-03T04:05:06Z");
            fuseUsers.run("reactivate", "--yes", "--user", "1");
            fuseUsers.run("reissue-certificates", "--yes", "--user", "1");

            assertRefused(
                    "run 1 is a run of reactivate, and only one of deactivate can be undone; \"runs\" lists them", "1");
            assertRefused(
                    "run 2 is a run of reissue-certificates, and only one of deactivate can be undone; \"runs\" lists them",
                    "2");
        }

        @Test
        void refusesAPlan() {
            world.user(1);
            fuseUsers.run("deactivate", "--dry-run", "--user", "1");

            assertRefused("run 1 was a dry run and changed nothing; there is nothing to undo", "1");
        }

        @Test
        void refusesARefusedRun() {
            world.user(1);
            fuseUsers
                    .run("deactivate", "--yes", "--max-users", "0", "--user", "1")
                    .exits(77);

            assertRefused("run 1 was refused and changed nothing; there is nothing to undo", "1");
        }

        @Test
        void refusesAnUnknownRun() {
            world.user(1);
            deactivate(1);

            assertRefused("there is no run 7; \"runs\" lists them", "7");
            assertRefused("there is no run 0; \"runs\" lists them", "0");
        }

        @Test
        void refusesAnArgumentThatIsNoNumber() {
            for (String[] arguments : List.of(new String[] {"undo", "leavers.csv"}, new String[] {"undo"})) {
                FuseUsers.Result result = fuseUsers.run(arguments).exits(64);

                assertThat(result.err().lines()).singleElement().asString().contains("RUN", "undo --help");
            }
        }

        @Test
        void rejectsTheOptionsOfTheGuardAndOfAnInput() {
            world.user(1);
            deactivate(1);

            for (String option : List.of("--max-users", "--max-percent", "--user", "--column")) {
                FuseUsers.Result result =
                        fuseUsers.run("undo", "--yes", option, "5", "1").exits(64);

                assertThat(result.err().lines()).singleElement().asString().contains("has no option", option);
            }
            assertThat(active()).isEmpty();
        }

        private void assertRefused(String reason, String run) {
            Map<String, List<String>> platform = world.platform();
            long runs = runs();
            for (String option : List.of("--yes", "--dry-run", "--with-memberships")) {
                FuseUsers.Result result = fuseUsers.run("undo", option, run).exits(64);

                assertThat(result.err()).isEqualTo("fuse-users: " + reason + "\n");
                assertThat(result.out()).isEmpty();
            }
            assertThat(runs()).isEqualTo(runs);
            assertThat(world.platform()).isEqualTo(platform);
        }

        private long runs() {
            return world.count("select count(*) from fuse_batch.runs");
        }
    }

    /** Two users with everything were deactivated. */
    @Nested
    class ReportsWhatIsNotRestored {

        private static final String TOKENS =
                "Tokens and membership requests never come back: users sign in and ask again.\n";
        private static final String CERTIFICATES =
                "Certificates of other communities than the global one come back by reissue-certificates, once the users"
                        + " are members there again.\n";

        @Test
        void withoutTheMemberships() {
            deactivateTwoUsersWithEverything();

            FuseUsers.Result undo = fuseUsers.run("undo", "--yes", "1");

            assertThat(fuseUsers.summary(2)).contains(notRestored(2));
            assertThat(undo.out())
                    .contains(fuseUsers
                            .run("runs", "show", "2")
                            .out()
                            .replace(fuseUsers.line(), "")
                            .split("\nInput:")[0]);
            assertThat(squeezed(fuseUsers.run("runs", "show", "2").out()))
                    .contains(
                            "\n Deleted by run 1, not back Rows\n auto_login_tokens 4\n device_tokens 4\n oauth_tokens 4\n"
                                    + " membership_requests 2\n community_memberships 2\n certificates 2\n\n" + TOKENS
                                    + "\nMemberships of other communities than the global one come back by \"undo"
                                    + " --with-memberships 1\", also later; removed-memberships.csv of run 1 lists them.\n\n"
                                    + CERTIFICATES + "\nInput: the users whom run 1 deactivated\n");
        }

        @Test
        void withTheMemberships() {
            deactivateTwoUsersWithEverything();

            fuseUsers.run("undo", "--yes", "--with-memberships", "1");

            assertThat(fuseUsers.summary(2)).contains(notRestored(0));
            assertThat(squeezed(fuseUsers.run("runs", "show", "2").out()))
                    .contains(
                            "\n membership_requests 2\n certificates 2\n\n" + TOKENS + "\n" + CERTIFICATES + "\nInput:")
                    .doesNotContain("Memberships of other communities", "Memberships are not re-added");
        }

        @Test
        void countingEveryUndo() {
            deactivateTwoUsersWithEverything();
            fuseUsers.run("undo", "--dry-run", "--with-memberships", "1");
            fuseUsers.run("undo", "--yes", "1");

            fuseUsers.run("undo", "--yes", "--with-memberships", "1");

            assertThat(fuseUsers.summary(2)).contains(notRestored(0));
            assertThat(fuseUsers.summary(3)).contains(notRestored(2));
            assertThat(fuseUsers.summary(4)).contains(notRestored(0));
        }

        @Test
        void namesTheUsersWhoCameBackInAnotherWay() {
            deactivateTwoUsersWithEverything();
            fuseUsers.run("reactivate", "--yes", "--user", "1", "--user", "2");

            fuseUsers.run("undo", "--yes", "--with-memberships", "1");

            assertThat(fuseUsers.run("runs", "show", "3").out())
                    .contains(
                            "\nMemberships are not re-added for users who came back in another way, nor where the community"
                                    + " is gone; removed-memberships.csv of run 1 lists them all.\n");
        }

        /** User 1 was never a member of the global community, and user 2 never got the certificate of its course. */
        @Test
        void evenIfMoreWasRestoredThanDeleted() {
            world.users(1, 2);
            world.member(1, 2);
            world.member(2, World.GLOBAL);
            world.member(2, 2);
            world.completion(2, 10);
            world.completion(2, 20);
            world.certificate(2, 20);
            deactivate(1, 2);

            fuseUsers.run("undo", "--yes", "1");

            assertThat(world.texts("select m.user_id || ' ' || m.community_id from community_memberships m order by 1"))
                    .containsExactly("1 1", "2 1");
            assertThat(fuseUsers.summary(2))
                    .contains(entry("not_restored", Map.of("community_memberships", 2, "certificates", 1)));
        }

        private void deactivateTwoUsersWithEverything() {
            world.users(1, 2);
            world.everything(1);
            world.everything(2);
            deactivate(1, 2);
        }

        private Map.Entry<String, Object> notRestored(int memberships) {
            Map<String, Object> rows = new HashMap<>(Map.of(
                    "auto_login_tokens", 4,
                    "device_tokens", 4,
                    "oauth_tokens", 4,
                    "membership_requests", 2,
                    "certificates", 2));
            if (memberships > 0) {
                rows.put("community_memberships", memberships);
            }
            return entry("not_restored", rows);
        }

        private String squeezed(String text) {
            return text.replaceAll(" +", " ");
        }
    }

    @Nested
    class AfterAFailure {

        private static final int USERS = 30;

        @Test
        void isResumedByTheSameCommand() {
            Crowd crowd = deactivateACrowd();
            failAtUser(15);
            FuseUsers.Result failed = fuseUsers
                    .run("undo", "--yes", "--with-memberships", "--partitions", "1", "--chunk-size", "5", "1")
                    .exits(1);
            assertThat(failed.err())
                    .isEqualTo(
                            "fuse-users: run 2 failed: disk on fire (SQLSTATE XX000); the same command resumes it\n");
            assertThat(active()).containsExactlyElementsOf(texts(1, 10));
            assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(11, USERS));
            mend();

            FuseUsers.Result resumed = fuseUsers
                    .run("undo", "--yes", "--with-memberships", "--chunk-size", "7", "1")
                    .exits(0);

            assertThat(resumed.out()).startsWith(fuseUsers.opened(2) + "undo --with-memberships run 1, resumed");
            assertThat(active()).containsExactlyElementsOf(texts(1, USERS));
            assertThat(memberships()).containsOnly("1;2").hasSize(USERS);
            assertThat(fuseUsers.outcomes(2)).isEqualTo(reactivated());
            assertThat(fuseUsers.summary(2))
                    .contains(
                            entry("attempts", 2),
                            entry("outcomes", Map.of("REACTIVATED", USERS)),
                            entry("added_rows", Map.of("community_memberships", 2 * USERS, "certificates", 0)));
        }

        @Test
        void isAnotherRunThanTheUndoWithMemberships() {
            deactivateACrowd();
            failAtUser(15);
            fuseUsers.run("undo", "--yes", "--partitions", "1", "--chunk-size", "5", "1");
            mend();

            FuseUsers.Result with = fuseUsers.run("undo", "--yes", "--with-memberships", "1");
            FuseUsers.Result without = fuseUsers.run("undo", "--yes", "1");

            with.exits(0);
            assertThat(with.out()).startsWith(fuseUsers.opened(3) + "undo --with-memberships run 1\n");
            without.exits(0);
            assertThat(without.out()).startsWith(fuseUsers.opened(2) + "undo run 1, resumed");
            assertThat(fuseUsers.summary(3))
                    .contains(entry("outcomes", Map.of("REACTIVATED", 20, "ALREADY_ACTIVE", 10)));
            assertThat(fuseUsers.summary(2))
                    .contains(entry("outcomes", Map.of("REACTIVATED", 10, "ALREADY_ACTIVE", 20)));
            assertThat(memberships()).containsOnly("1;2").hasSize(USERS);
        }

        @Test
        void isNotResumedByADryRun() {
            deactivateACrowd();
            failAtUser(15);
            fuseUsers.run("undo", "--yes", "--partitions", "1", "--chunk-size", "5", "1");
            mend();
            Map<String, List<String>> before = world.platform();

            FuseUsers.Result plan = fuseUsers.run("undo", "--dry-run", "1");

            assertThat(plan.out()).startsWith(fuseUsers.opened(3) + "undo --dry-run run 1\n");
            assertThat(world.platform()).isEqualTo(before);
            assertThat(fuseUsers.summary(3))
                    .contains(entry("outcomes", Map.of("REACTIVATED", 20, "ALREADY_ACTIVE", 10)));
        }

        private Crowd deactivateACrowd() {
            Crowd crowd = new Crowd(world, USERS);
            fuseUsers
                    .run("deactivate", "--yes", fuseUsers.input("leavers.csv", crowd.lines()))
                    .exits(0);
            assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
            return crowd;
        }

        private void failAtUser(long userId) {
            world.execute("create function test_sessions.fail() returns trigger language plpgsql as $$ begin"
                    + " raise exception 'disk on fire' using errcode = 'XX000'; end $$");
            world.execute("create trigger fail before insert on fuse_batch.run_outcomes for each row"
                    + " when (new.user_id = " + userId + ") execute function test_sessions.fail()");
        }

        private void mend() {
            world.execute("drop trigger fail on fuse_batch.run_outcomes");
        }

        private List<String> memberships() {
            return world.texts("select string_agg(m.community_id::text, ';' order by m.community_id)"
                    + " from community_memberships m group by m.user_id order by m.user_id");
        }

        private List<String> reactivated() {
            return Stream.concat(
                            Stream.of(HEADER),
                            Crowd.outcomes(1, USERS).stream().map(line -> line.replace("DEACTIVATED", "REACTIVATED")))
                    .toList();
        }

        private List<String> texts(long first, long last) {
            return Crowd.ids(first, last).stream().map(String::valueOf).toList();
        }
    }

    @Nested
    class HeldToAPlan {

        @Test
        void doesWhatThePlanReported() {
            world.users(1, 3);
            world.everything(1);
            world.everything(2);
            deactivate(1, 2, 3);
            Map<String, List<String>> before = world.platform();

            fuseUsers.run("undo", "--dry-run", "--with-memberships", "1").exits(0);

            assertThat(world.platform()).isEqualTo(before);
            FuseUsers.Result undo = fuseUsers
                    .run("undo", "--yes", "--with-memberships", "--plan", "2", "1")
                    .exits(0);
            assertThat(undo.out()).contains("\nEvery row came out as planned by run 2\n");
            assertThat(active()).containsExactly("1", "2", "3");
            for (String figure : List.of("outcomes", "added_rows", "deleted_rows", "not_restored")) {
                assertThat(fuseUsers.summary(3).get(figure))
                        .as(figure)
                        .isEqualTo(fuseUsers.summary(2).get(figure));
            }
            assertThat(fuseUsers.summary(3))
                    .contains(
                            entry("drift", 0),
                            entry("added_rows", Map.of("community_memberships", 5, "certificates", 2)));
        }

        @Test
        void marksChangesSinceThePlan() {
            world.users(1, 3);
            deactivate(1, 2, 3);
            fuseUsers.run("undo", "--dry-run", "1");
            world.execute("update users set deactivated_at = '2025-01-02T03:04:05Z' where id = 2");

            fuseUsers.run("undo", "--yes", "--plan", "2", "1").exits(0);

            assertThat(active()).containsExactly("1", "3");
            assertThat(fuseUsers.outcomes(3))
                    .containsExactly(
                            HEADER + ",drift",
                            "1,1,1,REACTIVATED,,,",
                            "2,2,2,ALREADY_INACTIVE,,\"inactive since 2025-01-02T03:04:05Z, which run 1 did not do; left"
                                    + " alone\",planned REACTIVATED",
                            "3,3,3,REACTIVATED,,,");
            assertThat(fuseUsers.summary(3)).contains(entry("drift", 1));
        }

        @Test
        void refusesThePlanOfAnotherUndo() {
            world.users(1, 2);
            deactivate(1);
            deactivate(2);
            fuseUsers.run("undo", "--dry-run", "1");

            FuseUsers.Result ofAnotherRun = fuseUsers.run("undo", "--yes", "--plan", "3", "2");
            FuseUsers.Result withMemberships = fuseUsers.run("undo", "--yes", "--plan", "3", "--with-memberships", "1");

            ofAnotherRun.exits(64);
            assertThat(ofAnotherRun.err().lines())
                    .singleElement()
                    .asString()
                    .contains("run 3 is a plan of another input, run 1", "this is run 2");
            withMemberships.exits(64);
            assertThat(withMemberships.err().lines())
                    .singleElement()
                    .asString()
                    .contains("plan 3 was made by \"undo --dry-run\", with other options than this run;");
            assertThat(active()).isEmpty();
            assertThat(world.count("select count(*) from fuse_batch.runs")).isEqualTo(3);
        }
    }

    private void deactivate(long... userIds) {
        List<String> arguments = new ArrayList<>(List.of("deactivate", "--yes"));
        LongStream.of(userIds).forEach(id -> arguments.addAll(List.of("--user", String.valueOf(id))));
        fuseUsers.run(arguments.toArray(String[]::new)).exits(0);
    }

    private List<String> active() {
        return world.texts("select u.id::text from users u where u.active order by u.id");
    }
}
