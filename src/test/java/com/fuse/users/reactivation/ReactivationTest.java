package com.fuse.users.reactivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rules of a reactivation, compared row by row in every table. */
@ExtendWith(TestPlatform.class)
record ReactivationTest(World world, Path folder, FuseUsers fuseUsers) {

    private static final String SINCE = "2024-02-03T04:05:06Z";

    /** Users 1 to 7 differ in what they had when they were deactivated; 8 is active, and 9 stays inactive. */
    @Nested
    class AfterADeactivation {

        private static final String LEAVERS = "1, 2, 3, 4, 5, 6, 7";

        @Test
        void restoresEverythingThatTheSpecificationRestores() {
            makeUsers();
            Map<String, List<String>> expected = world.platformWithoutAccessOf(LEAVERS);
            String input = deactivateThem();

            String start = world.now();
            FuseUsers.Result result =
                    fuseUsers.run("reactivate", "--yes", input).exits(0);

            assertThat(result.err()).isEmpty();
            assertThat(world.platformWithoutAddedSince(start)).isEqualTo(expected);
            assertThat(expected).allSatisfy((table, rows) -> assertThat(rows).isNotEmpty());
            assertThat(world.addedSince(start))
                    .containsExactly(
                            "1 certificate of 10",
                            "1 member of 1",
                            "2 member of 1",
                            "3 member of 1",
                            "4 certificate of 10",
                            "4 member of 1",
                            "5 certificate of 10",
                            "5 member of 1",
                            "6 member of 1",
                            "7 member of 1");
        }

        @Test
        void allowsSignInAndNotificationsAgain() {
            makeUsers();
            List<String> accounts = accounts();
            List<String> notifications = notifications();
            String input = deactivateThem();
            assertThat(accounts()).containsExactly("(8,user8,user8@example.org)");

            fuseUsers.run("reactivate", "--yes", input);

            assertThat(accounts()).hasSize(8).isEqualTo(accounts);
            assertThat(notifications()).hasSize(4).isEqualTo(notifications);
        }

        @Test
        void aDryRunCountsTheSameAndChangesNothing() {
            makeUsers();
            String input = deactivateThem();
            Map<String, List<String>> before = world.platform();

            FuseUsers.Result plan =
                    fuseUsers.run("reactivate", "--dry-run", input).exits(0);

            assertThat(plan.out())
                    .contains("7 rows name 7 users; 7 would be reactivated, of 1 active user\n", "To be added to");
            assertThat(world.platform()).isEqualTo(before);
            fuseUsers.run("reactivate", "--yes", input);
            assertThat(fuseUsers.summary(2))
                    .contains(
                            entry("command", "reactivate"),
                            entry("dry_run", true),
                            entry("exit_code", 0),
                            entry("outcomes", Map.of("REACTIVATED", 7)),
                            entry("added_rows", Map.of("community_memberships", 7, "certificates", 3)),
                            entry("deleted_rows", Map.of()),
                            entry("not_restored", Map.of()));
            assertThat(fuseUsers.summary(3))
                    .contains(
                            entry("dry_run", false),
                            entry("outcomes", Map.of("REACTIVATED", 7)),
                            entry("added_rows", Map.of("community_memberships", 7, "certificates", 3)),
                            entry("deleted_rows", Map.of()));
            assertThat(fuseUsers.outcomes(3))
                    .isEqualTo(fuseUsers.outcomes(2))
                    .containsExactlyElementsOf(outcomes("REACTIVATED", 7));
        }

        @Test
        void noUserGetsATokenBeforeTheReactivation() {
            world.user(1);
            world.everything(1);
            fuseUsers.run("deactivate", "--yes", "--user", "1");
            String token = "insert into oauth_tokens (user_id, token_hash) values (1, '\\x03')";
            assertThatThrownBy(() -> world.execute(token))
                    .hasMessageContaining("inactive user 1 can have no row in oauth_tokens");

            fuseUsers.run("reactivate", "--yes", "--user", "1");
            world.execute(token);

            assertThat(world.texts("select user_id::text from oauth_tokens")).containsExactly("1");
        }

        private void makeUsers() {
            world.users(1, 8);
            world.everything(1);
            // User 2 has nothing.
            world.member(3, World.GLOBAL);
            world.member(3, 2);
            completed(3, 11);
            completed(3, 21);
            world.member(4, World.GLOBAL);
            world.completion(4, 10);
            world.completion(4, 11);
            world.member(5, 2);
            completed(5, 10);
            world.member(6, World.GLOBAL);
            world.member(6, 2);
            completed(6, 20);
            world.member(7, World.GLOBAL);
            world.certificate(7, 10);
            world.everything(8);
            world.admin(8, 2);
            world.inactiveUser(9, SINCE);
            world.completion(9, 10);
            completed(9, 11);
        }

        private void completed(long userId, long courseId) {
            world.completion(userId, courseId);
            world.certificate(userId, courseId);
        }

        private String deactivateThem() {
            String input = fuseUsers.input("leavers.csv", ("user_id, " + LEAVERS).split(", "));
            fuseUsers.run("deactivate", "--yes", input).exits(0);
            return input;
        }

        private List<String> accounts() {
            return world.texts("select t::text from sign_in_accounts t order by id");
        }

        private List<String> notifications() {
            return world.texts("select t::text from deliverable_notifications t order by id");
        }
    }

    @Nested
    class WithEveryOutcome {

        @Test
        void reportsEveryOutcomeAndChangesNoOtherUser() {
            world.inactiveUser(1, SINCE);
            world.user(2);
            world.execute("update users set created_at = '2023-01-02T03:04:05Z' where id = 2");
            world.inactiveUser(3, SINCE);
            world.completion(3, 10);
            world.execute("update users set personal_data_removed_at = '2024-03-04T05:06:07Z' where id = 3");
            String others = "select t::text from users t where id <> 1 order by id";
            List<String> othersBefore = world.texts(others);
            String input = fuseUsers.input("returners.csv", "user_id", "1", "2", "3", "999", "01", "12345.0");

            String start = world.now();
            FuseUsers.Result result =
                    fuseUsers.run("reactivate", "--yes", input).exits(4);

            assertThat(result.err())
                    .isEqualTo("fuse-users: 4 rows skipped; fix the cause, then run: fuse-users reactivate "
                            + folder.resolve("reports/run-1/skipped.csv") + "\n");
            assertThat(world.texts(others)).isEqualTo(othersBefore);
            assertThat(world.addedSince(start)).containsExactly("1 member of 1");
            assertThat(world.texts("select active::text from users where id = 1"))
                    .containsExactly("true");
            String removed =
                    "\"personal data removed since 2024-03-04T05:06:07Z; the account cannot come back, make a new one\"";
            String malformed = fuseUsers.outcomes(1).get(6).substring("7,12345.0,,MALFORMED,,".length());
            assertThat(malformed).contains("12345.0");
            assertThat(fuseUsers.outcomes(1))
                    .containsExactly(
                            "line,input,user_id,outcome,community_ids,message",
                            "2,1,1,REACTIVATED,,",
                            "3,2,2,ALREADY_ACTIVE,,active; the account has existed since 2023-01-02T03:04:05Z",
                            "4,3,3,PERSONAL_DATA_REMOVED,," + removed,
                            "5,999,999,NOT_FOUND,,there is no user 999",
                            "6,01,1,DUPLICATE,,line 2 names the same user",
                            "7,12345.0,,MALFORMED,," + malformed);
            assertThat(fuseUsers.report(1, "skipped.csv"))
                    .containsExactly(
                            "user_id,line,outcome,community_ids,message",
                            "3,4,PERSONAL_DATA_REMOVED,," + removed,
                            "999,5,NOT_FOUND,,there is no user 999",
                            "1,6,DUPLICATE,,line 2 names the same user",
                            "12345.0,7,MALFORMED,," + malformed);
            assertThat(fuseUsers.report(1, "removed-memberships.csv")).containsExactly("user_id,community_id");
            assertThat(fuseUsers.summary(1))
                    .contains(
                            entry("exit_code", 4),
                            entry("rows", 6),
                            entry("skips", 4),
                            entry(
                                    "outcomes",
                                    Map.of(
                                            "REACTIVATED", 1,
                                            "ALREADY_ACTIVE", 1,
                                            "PERSONAL_DATA_REMOVED", 1,
                                            "NOT_FOUND", 1,
                                            "DUPLICATE", 1,
                                            "MALFORMED", 1)),
                            entry("added_rows", Map.of("community_memberships", 1, "certificates", 0)),
                            entry("deleted_rows", Map.of()));
        }

        @Test
        void anActiveUserKeepsEveryRow() {
            world.user(1);
            world.everything(1);
            world.user(2);
            world.completion(2, 10);
            Map<String, List<String>> before = world.platform();

            fuseUsers.run("reactivate", "--yes", "--user", "1", "--user", "2").exits(0);

            assertThat(world.platform()).isEqualTo(before);
        }

        @Test
        void aUserWithoutPersonalDataStaysInactiveInEveryRun() {
            world.inactiveUser(1, SINCE);
            world.execute("update users set personal_data_removed_at = '2024-03-04T05:06:07Z' where id = 1");
            Map<String, List<String>> before = world.platform();

            fuseUsers.run("reactivate", "--dry-run", "--user", "1").exits(4);
            FuseUsers.Result result = fuseUsers
                    .run("reactivate", "--yes", "--accept-skips", "--user", "1")
                    .exits(0);

            assertThat(result.out())
                    .contains("user 1: PERSONAL_DATA_REMOVED, personal data removed since 2024-03-04T05:06:07Z;");
            assertThat(world.platform()).isEqualTo(before);
            assertThat(fuseUsers.summary(2)).contains(entry("outcomes", Map.of("PERSONAL_DATA_REMOVED", 1)));
        }

        @Test
        void onlyAUserWhomTheDatabaseRefusesFails() {
            inactiveUsers(5);
            world.execute("alter table users add constraint user_3_stays_away check (not active or id <> 3)");

            fuseUsers.run("reactivate", "--yes", "--partitions", "1", all(5)).exits(4);

            assertThat(active()).containsExactly("1", "2", "4", "5");
            assertThat(members()).containsExactly("1", "2", "4", "5");
            assertThat(fuseUsers.report(1, "skipped.csv"))
                    .hasSize(2)
                    .element(1)
                    .asString()
                    .startsWith("3,4,FAILED,,")
                    .contains("user_3_stays_away");
            assertThat(fuseUsers.summary(1))
                    .contains(entry("added_rows", Map.of("community_memberships", 4, "certificates", 0)));
        }
    }

    @Nested
    class Inputs {

        @Test
        void identifiesUsersByUsernameOrEmail() {
            inactiveUsers(4);

            FuseUsers.Result byName =
                    fuseUsers.run("reactivate", "--yes", fuseUsers.input("names.csv", "username", "user1", "USER2"));
            FuseUsers.Result byEmail = fuseUsers.run(
                    "reactivate", "--yes", fuseUsers.input("addresses.csv", "name;email", "Three;USER3@Example.ORG"));

            byName.exits(4);
            assertThat(fuseUsers.outcomes(1))
                    .contains(
                            "2,user1,1,REACTIVATED,,",
                            "3,USER2,,NOT_FOUND,,no user has this username: USER2; user 2 has one that differs only in case");
            byEmail.exits(0);
            assertThat(fuseUsers.outcomes(2)).contains("2,USER3@Example.ORG,3,REACTIVATED,,");
            assertThat(active()).containsExactly("1", "3");
        }

        @Test
        void aFolderMeansItsFilesThatHaveNotBeenCompleted() throws IOException {
            inactiveUsers(3);
            Path inputs = Files.createDirectory(folder.resolve("inputs"));
            fuseUsers.input("inputs/a.csv", "user_id", "1");
            fuseUsers.input("inputs/b.csv", "user_id", "3");
            fuseUsers.run("reactivate", "--yes", inputs.toString()).exits(0);
            assertThat(active()).containsExactly("1", "3");
            fuseUsers.run("deactivate", "--yes", "--user", "3");

            FuseUsers.Result passedOver =
                    fuseUsers.run("reactivate", "--yes", inputs.toString()).exits(0);

            assertThat(passedOver.out()).contains("passed over, run 1 completed", "passed over, run 2 completed");
            assertThat(active()).containsExactly("1");
            fuseUsers.run("reactivate", "--yes", "--again", inputs.toString()).exits(0);
            assertThat(active()).containsExactly("1", "3");
        }

        @Test
        void aFolderThatWasDeactivatedIsNotSkipped() throws IOException {
            world.users(1, 2);
            Path inputs = Files.createDirectory(folder.resolve("inputs"));
            fuseUsers.input("inputs/a.csv", "user_id", "1");
            fuseUsers.run("deactivate", "--yes", inputs.toString());

            fuseUsers.run("reactivate", "--yes", inputs.toString()).exits(0);

            assertThat(active()).containsExactly("1", "2");
        }

        @Test
        void readsStandardInput() {
            inactiveUsers(2);
            InputStream terminal = System.in;
            System.setIn(new ByteArrayInputStream("user_id\n2\n".getBytes(StandardCharsets.UTF_8)));
            try {
                fuseUsers.run("reactivate", "--yes", "-").exits(0);
            } finally {
                System.setIn(terminal);
            }

            assertThat(active()).containsExactly("2");
        }

        @Test
        void acceptsSingleUsers() {
            inactiveUsers(3);

            fuseUsers.run("reactivate", "--yes", "--user", "3", "--user", "1").exits(0);

            assertThat(active()).containsExactly("1", "3");
        }
    }

    @Nested
    class LargeInputs {

        @Test
        void needsAConfirmation() {
            inactiveUsers(2);
            Map<String, List<String>> before = world.platform();

            FuseUsers.Result result = fuseUsers.run("reactivate", all(2)).exits(77);

            assertThat(result.err())
                    .isEqualTo("fuse-users: there is no terminal to confirm the run on; run it again with --yes\n");
            assertThat(world.platform()).isEqualTo(before);
        }

        @Test
        void hasNoGuard() {
            inactiveUsers(150);
            world.users(151, 152);

            fuseUsers.run("reactivate", "--yes", all(150)).exits(0);

            assertThat(active()).hasSize(152);
        }

        @Test
        void rejectsTheOptionsOfTheGuard() {
            inactiveUsers(1);

            for (String option : List.of("--max-users", "--max-percent", "--transfer-admin-to")) {
                FuseUsers.Result result = fuseUsers
                        .run("reactivate", "--yes", option, "5", "--user", "1")
                        .exits(64);

                assertThat(result.err().lines()).singleElement().asString().contains("has no option", option);
            }
            assertThat(active()).isEmpty();
            assertThat(world.count("select count(*) from fuse_batch.runs")).isZero();
        }

        @Test
        void theSameCommandResumesAFailedRun() {
            inactiveUsers(20);
            String input = all(20);
            Map<String, List<String>> before = world.platform();
            world.breakChunks();
            FuseUsers.Result failed = fuseUsers
                    .run("reactivate", "--yes", "--chunk-size", "7", input)
                    .exits(1);
            assertThat(failed.err())
                    .isEqualTo(
                            "fuse-users: run 1 failed: out of order (SQLSTATE XX000); the same command resumes it\n");
            assertThat(world.platform()).isEqualTo(before);
            world.mendChunks();

            FuseUsers.Result resumed = fuseUsers
                    .run("reactivate", "--yes", "--chunk-size", "3", input)
                    .exits(0);

            assertThat(resumed.out()).startsWith(fuseUsers.opened(1) + "reactivate " + input + ", resumed");
            assertThat(active()).hasSize(20).isEqualTo(members());
            assertThat(fuseUsers.outcomes(1)).isEqualTo(outcomes("REACTIVATED", 20));
            assertThat(fuseUsers.summary(1))
                    .contains(
                            entry("attempts", 2),
                            entry("outcomes", Map.of("REACTIVATED", 20)),
                            entry("added_rows", Map.of("community_memberships", 20, "certificates", 0)));
        }
    }

    private void inactiveUsers(int count) {
        world.users(1, count);
        world.execute("update users set active = false, deactivated_at = '" + SINCE + "'");
    }

    private String all(int count) {
        return fuseUsers.input(
                "returners.csv",
                Stream.concat(
                                Stream.of("user_id"),
                                LongStream.rangeClosed(1, count).mapToObj(String::valueOf))
                        .toArray(String[]::new));
    }

    private static List<String> outcomes(String outcome, int count) {
        return Stream.concat(
                        Stream.of("line,input,user_id,outcome,community_ids,message"),
                        LongStream.rangeClosed(1, count)
                                .mapToObj(id -> (id + 1) + "," + id + "," + id + "," + outcome + ",,"))
                .toList();
    }

    private List<String> active() {
        return world.texts("select id::text from users where active order by users.id");
    }

    private List<String> members() {
        return world.texts("select m.user_id::text from community_memberships m order by m.user_id");
    }
}
