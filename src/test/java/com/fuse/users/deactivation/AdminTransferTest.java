package com.fuse.users.deactivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A deactivation hands over all communities of an admin or changes nothing, compared row by row in every table. Users 1
 * to 6 may leave, 801 and 802 are successors. All of them have rows in every table except 802, who has none.
 */
@ExtendWith(TestPlatform.class)
record AdminTransferTest(World world, FuseUsers fuseUsers) {

    private static final String HEADER = "line,input,user_id,outcome,community_ids,message";
    private static final String SKIPPED_HEADER = "user_id,line,outcome,community_ids,message,transfer_admin_to";

    @BeforeEach
    void makeLeaversAndSuccessors() {
        world.community(4);
        world.community(15);
        for (long user : List.of(1L, 2L, 3L, 4L, 5L, 6L, 801L)) {
            world.user(user);
            world.everything(user);
        }
        world.user(802);
    }

    @Test
    void theUserOfTheOptionTakesOverFromEveryAdminOfTheInput() {
        world.admin(1, 15);
        world.admin(1, 4);
        world.admin(3, 2);
        world.admin(4, 3);
        Map<String, List<String>> expected = after(handedOver(1, 802, 4, 15), handedOver(3, 802, 2), deactivated(2));

        deactivate("--transfer-admin-to", "802", input("user_id", "3", "2", "1"))
                .exits(0);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(fuseUsers.outcomes(1))
                .containsExactly(
                        HEADER,
                        "2,3,3,DEACTIVATED,2,admin of community 2 until user 802 took over",
                        "3,2,2,DEACTIVATED,,",
                        "4,1,1,DEACTIVATED,4;15,\"admin of communities 4, 15 until user 802 took over\"");
        assertThat(fuseUsers.report(1, "skipped.csv")).containsExactly(SKIPPED_HEADER);
        assertThat(fuseUsers.report(1, "removed-memberships.csv"))
                .containsExactly("user_id,community_id", "3,1", "3,2", "2,1", "2,2", "1,1", "1,2");
    }

    @Test
    void theOptionAlsoWorksForASingleUser() {
        world.admin(1, 3);
        Map<String, List<String>> expected = after(handedOver(1, 801, 3));

        deactivate("--transfer-admin-to", "801", "--user", "1").exits(0);

        assertThat(world.timeless()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user_id,transfer_admin_to          | \"1\",802                        | 1",
                "Transfer Admin To,Fuse ID          | 802,1                        | 1",
                "id;TRANSFER_ADMIN_TO               | 1;0802                       | 1",
                "username,transfer_admin_to         | user1,802                    | user1",
                "Transfer admin to;Username         | 802;user1                    | user1",
                "email,name,transfer_admin_to       | USER1@Example.org,\"A, B\",802 | USER1@Example.org",
                "name;Email;Transfer_Admin_To       | \"A; B\";user1@example.org;802 | user1@example.org"
            })
    void theUserOfTheColumnTakesOverWhicheverColumnIdentifiesTheAdmin(String header, String row, String named) {
        world.admin(1, 2);
        world.admin(1, 3);
        Map<String, List<String>> expected = after(handedOver(1, 802, 2, 3));

        FuseUsers.Result result = deactivate(input(header, row)).exits(0);

        assertThat(result.out()).contains(", successors in column ");
        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(fuseUsers.outcomes(1))
                .containsExactly(
                        HEADER,
                        "2," + named + ",1,DEACTIVATED,2;3,\"admin of communities 2, 3 until user 802 took over\"");
    }

    @Test
    void theUserOfTheRowHasPrecedenceOverTheOption() {
        admins(3, 1, 2);
        world.admin(3, 4);
        Map<String, List<String>> expected = after(handedOver(1, 802, 3), handedOver(2, 801, 3), handedOver(3, 802, 4));

        deactivate("--transfer-admin-to", "802", input("user_id,transfer_admin_to", "1,", "\"2\",801", "3"))
                .exits(0);

        assertThat(world.timeless()).isEqualTo(expected);
    }

    @Test
    void theOptionDoesNotReplaceAnInvalidUserOfTheRow() {
        admins(3, 1);
        Map<String, List<String>> before = world.platform();

        deactivate("--transfer-admin-to", "802", input("user_id,transfer_admin_to", "\"1\",999"))
                .exits(4);

        assertThat(world.platform()).isEqualTo(before);
        assertThat(outcomes(1)).containsExactly("1 INVALID_SUCCESSOR 3");
    }

    @Test
    void anAdminWithAnEmptyCellIsSkippedWithoutTheOption() {
        admins(3, 1, 2, 3);
        world.admin(2, 4);
        Map<String, List<String>> expected = after(handedOver(1, 802, 3));

        deactivate(input("user_id,transfer_admin_to", "\"1\",802", "2,\u00a0", "3"))
                .exits(4);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(fuseUsers.report(1, "skipped.csv"))
                .containsExactly(
                        SKIPPED_HEADER,
                        "2,3,COMMUNITY_ADMIN,3;4,\"admin of communities 3, 4; remove the admin role, or transfer it to"
                                + " another user, first\",",
                        "3,4,COMMUNITY_ADMIN,3,\"admin of community 3; remove the admin role, or transfer it to another"
                                + " user, first\",");
    }

    @Test
    void rowsThatTheSuccessorAlreadyHasStayUnchangedAndAreNotCounted() {
        for (long community : List.of(1L, 2L, 3L, 4L)) {
            world.admin(1, community);
        }
        world.execute("insert into community_admins values (2, 801, '2001-02-03'), (15, 801, '2001-02-03')");
        world.execute("insert into community_memberships values (3, 801, '2001-02-03'), (15, 801, '2001-02-03')");
        String had = "select 'admin ' || community_id || ' ' || granted_at from community_admins where user_id = 801"
                + " and community_id in (2, 15) union all select 'member ' || community_id || ' ' || joined_at"
                + " from community_memberships where user_id = 801 and community_id in (1, 2, 3, 15) order by 1";
        List<String> before = world.texts(had);
        Map<String, List<String>> expected = after(handedOver(1, 801, 1, 2, 3, 4));

        FuseUsers.Result result =
                deactivate("--transfer-admin-to", "801", "--user", "1").exits(0);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(world.texts(had)).isEqualTo(before).hasSize(6);
        assertThat(rows(1, "deleted_rows")).containsExactly(deletedOfEverything(1, 4));
        assertThat(rows(1, "added_rows")).containsExactly("community_admins 3", "community_memberships 1");
        assertThat(result.out())
                .containsSubsequence("Deleted from", "community_admins", "Added to", "community_admins");
    }

    @Test
    void otherAdminsOfTheCommunitiesKeepTheirRoles() {
        admins(3, 1, 5, 6);
        world.admin(802, 4);
        Map<String, List<String>> expected = after(handedOver(1, 802, 3));

        deactivate("--transfer-admin-to", "802", "--user", "1");

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(world.texts("select community_id || ' ' || user_id from community_admins order by 1"))
                .containsExactly("3 5", "3 6", "3 802", "4 802");
    }

    @Test
    void newRolesAndMembershipsHaveTheTimeOfTheDeactivation() {
        admins(3, 1);

        deactivate("--transfer-admin-to", "802", "--user", "1");

        assertThat(world.texts("select (a.granted_at = u.deactivated_at and m.joined_at = u.deactivated_at)::text"
                        + " from users u, community_admins a, community_memberships m"
                        + " where u.id = 1 and a.user_id = 802 and m.user_id = 802"))
                .containsExactly("true");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "1000, 1", "1, 2", "2, 2", "1000, 2"})
    void severalAdminsMayHandTheSameCommunityToOneSuccessor(String chunkSize, String partitions) {
        admins(3, 1, 2, 3, 4, 5);
        admins(4, 2, 4, 6);
        Map<String, List<String>> expected = after(
                handedOver(1, 802, 3),
                handedOver(2, 802, 3, 4),
                handedOver(3, 802, 3),
                handedOver(4, 802, 3, 4),
                handedOver(5, 802, 3),
                handedOver(6, 802, 4));

        deactivate(
                        "--transfer-admin-to",
                        "802",
                        "--chunk-size",
                        chunkSize,
                        "--partitions",
                        partitions,
                        input("user_id", "1", "2", "3", "4", "5", "6"))
                .exits(0);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(outcomes(1))
                .containsExactly(
                        "1 DEACTIVATED 3",
                        "2 DEACTIVATED 3;4",
                        "3 DEACTIVATED 3",
                        "4 DEACTIVATED 3;4",
                        "5 DEACTIVATED 3",
                        "6 DEACTIVATED 4");
        assertThat(rows(1, "deleted_rows")).containsExactly(deletedOfEverything(6, 8));
        assertThat(rows(1, "added_rows")).containsExactly("community_admins 2", "community_memberships 2");
        assertThat(fuseUsers.summary(1)).contains(entry("attempts", 1));
    }

    @Test
    void severalSuccessorsMayTakeOverOneCommunity() {
        admins(3, 1, 2);
        Map<String, List<String>> expected = after(handedOver(1, 802, 3), handedOver(2, 801, 3));

        deactivate(input("user_id,transfer_admin_to", "\"1\",802", "\"2\",801")).exits(0);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(rows(1, "added_rows")).containsExactly("community_admins 2", "community_memberships 2");
    }

    @Test
    void theOutcomeSaysWhyASuccessorIsInvalidAndTheRowChangesNothing() {
        world.inactiveUser(803, "2024-02-29T23:59:59.123+05:45");
        admins(3, 1, 2, 3, 4, 5);
        world.admin(3, 15);
        world.admin(3, 4);
        Map<String, List<String>> expected = after(deactivated(6), handedOver(5, 802, 3));
        List<String> roles = world.texts("select a::text from community_admins a where user_id < 5 order by 1");

        FuseUsers.Result result = deactivate(
                        "--partitions",
                        "1",
                        input("user_id,transfer_admin_to", "\"1\",999", "\"2\",803", "3,6", "4,4", "\"5\",802", "6,"))
                .exits(4);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(world.texts("select a::text from community_admins a where user_id < 5 order by 1"))
                .isEqualTo(roles);
        assertThat(fuseUsers.outcomes(1))
                .containsExactly(
                        HEADER,
                        "2,1,1,INVALID_SUCCESSOR,3,\"admin of community 3, which user 999 cannot take over: there is no"
                                + " such user; name an active user who stays\"",
                        "3,2,2,INVALID_SUCCESSOR,3,\"admin of community 3, which user 803 cannot take over: inactive"
                                + " since 2024-02-29T18:14:59Z; name an active user who stays\"",
                        "4,3,3,INVALID_SUCCESSOR,3;4;15,\"admin of communities 3, 4, 15, which user 6 cannot take over:"
                                + " the input names that user too; name an active user who stays\"",
                        "5,4,4,INVALID_SUCCESSOR,3,\"admin of community 3, which user 4 cannot take over: that is the"
                                + " same user; name an active user who stays\"",
                        "6,5,5,DEACTIVATED,3,admin of community 3 until user 802 took over",
                        "7,6,6,DEACTIVATED,,");
        assertThat(fuseUsers.report(1, "skipped.csv"))
                .hasSize(5)
                .element(3)
                .isEqualTo(
                        "3,4,INVALID_SUCCESSOR,3;4;15,\"admin of communities 3, 4, 15, which user 6 cannot take over:"
                                + " the input names that user too; name an active user who stays\",6");
        assertThat(result.out()).contains("INVALID_SUCCESSOR                           4");
        assertThat(rows(1, "added_rows")).containsExactly("community_admins 1", "community_memberships 1");
    }

    @ParameterizedTest
    @CsvSource({"1", "1000"})
    void theUserOfTheOptionIsInvalidForEveryAdminIfTheInputNamesThatUser(String chunkSize) {
        admins(3, 1, 2, 801);
        Map<String, List<String>> expected = after(deactivated(3));

        deactivate(
                        "--transfer-admin-to",
                        "801",
                        "--chunk-size",
                        chunkSize,
                        input("user_id", "801", "1", "2", "3", "801"))
                .exits(4);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(fuseUsers.outcomes(1))
                .containsExactly(
                        HEADER,
                        "2,801,801,INVALID_SUCCESSOR,3,\"admin of community 3, which user 801 cannot take over: that is"
                                + " the same user; name an active user who stays\"",
                        "3,1,1,INVALID_SUCCESSOR,3,\"admin of community 3, which user 801 cannot take over: the input"
                                + " names that user too; name an active user who stays\"",
                        "4,2,2,INVALID_SUCCESSOR,3,\"admin of community 3, which user 801 cannot take over: the input"
                                + " names that user too; name an active user who stays\"",
                        "5,3,3,DEACTIVATED,,",
                        "6,801,801,DUPLICATE,,line 2 names the same user");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user_id,transfer_admin_to  | \"1\",801                   | 801,",
                "username,transfer_admin_to | user1,801               | user801,",
                "email;transfer_admin_to    | user1@example.org;801   | USER801@EXAMPLE.ORG;",
            })
    void aSuccessorInTheInputIsInvalidWhicheverColumnIdentifiesUsers(String header, String leaver, String successor) {
        admins(3, 1);
        Map<String, List<String>> expected = after(deactivated(801));

        deactivate("--chunk-size", "1", input(header, leaver, successor)).exits(4);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(outcomes(1)).containsExactly("1 INVALID_SUCCESSOR 3", "801 DEACTIVATED");
    }

    @Test
    void aSuccessorInTheInputIsInvalidWhateverTheOutcomeOfThatRow() {
        world.inactiveUser(803, "2024-02-29T00:00:00Z");
        admins(3, 1, 2, 3);
        admins(4, 801);
        Map<String, List<String>> before = world.platform();

        deactivate(input(
                        "user_id,transfer_admin_to",
                        "\"1\",999",
                        "\"2\",803",
                        "\"3\",801",
                        "999,",
                        "999,",
                        "803,",
                        "801,",
                        "\"801\",802"))
                .exits(4);

        assertThat(world.platform()).isEqualTo(before);
        assertThat(fuseUsers.outcomes(1))
                .containsExactly(
                        HEADER,
                        "2,1,1,INVALID_SUCCESSOR,3,\"admin of community 3, which user 999 cannot take over: the input"
                                + " names that user too; name an active user who stays\"",
                        "3,2,2,INVALID_SUCCESSOR,3,\"admin of community 3, which user 803 cannot take over: the input"
                                + " names that user too; name an active user who stays\"",
                        "4,3,3,INVALID_SUCCESSOR,3,\"admin of community 3, which user 801 cannot take over: the input"
                                + " names that user too; name an active user who stays\"",
                        "5,999,999,NOT_FOUND,,there is no user 999",
                        "6,999,999,DUPLICATE,,line 5 names the same user",
                        "7,803,803,ALREADY_INACTIVE,,inactive since 2024-02-29T00:00:00Z",
                        "8,801,801,COMMUNITY_ADMIN,4,\"admin of community 4; remove the admin role, or transfer it to"
                                + " another user, first\"",
                        "9,801,801,DUPLICATE,,line 8 names the same user");
    }

    @Test
    void anUnknownUsernameOfDigitsDoesNotMakeTheUserWithThatIdInvalid() {
        admins(3, 1);
        Map<String, List<String>> expected = after(handedOver(1, 802, 3));

        deactivate(input("username,transfer_admin_to", "user1,802", "802,")).exits(4);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(outcomes(1)).containsExactly("1 DEACTIVATED 3", " NOT_FOUND");
    }

    @Test
    void twoAdminsOfTheInputCannotSucceedEachOther() {
        admins(3, 1, 2);
        Map<String, List<String>> before = world.platform();

        deactivate("--chunk-size", "1", input("user_id,transfer_admin_to", "1,2", "2,1"))
                .exits(4);

        assertThat(world.platform()).isEqualTo(before);
        assertThat(outcomes(1)).containsExactly("1 INVALID_SUCCESSOR 3", "2 INVALID_SUCCESSOR 3");
    }

    @Test
    void theFirstOfTwoRowsOfAUserNamesTheSuccessor() {
        admins(3, 1);
        Map<String, List<String>> expected = after(handedOver(1, 802, 3));

        deactivate(input("user_id,transfer_admin_to", "\"1\",802", "\"1\",801")).exits(4);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(outcomes(1)).containsExactly("1 DEACTIVATED 3", "1 DUPLICATE");
    }

    @Test
    void aSuccessorIsCheckedOnlyIfTheUserIsAnAdmin() {
        world.inactiveUser(803, "2024-02-29T00:00:00Z");
        Map<String, List<String>> expected = after(deactivated(1), deactivated(2), deactivated(3), deactivated(4));

        deactivate(input(
                        "user_id,transfer_admin_to",
                        "\"1\",999",
                        "\"2\",803",
                        "3,4",
                        "4,4",
                        "\"803\",999",
                        "\"998\",999"))
                .exits(4);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(outcomes(1))
                .containsExactly(
                        "1 DEACTIVATED",
                        "2 DEACTIVATED",
                        "3 DEACTIVATED",
                        "4 DEACTIVATED",
                        "803 ALREADY_INACTIVE",
                        "998 NOT_FOUND");
        assertThat(rows(1, "added_rows")).containsExactly("community_admins 0", "community_memberships 0");
    }

    @Test
    void aSuccessorThatIsNoUserIdMakesTheRowMalformedEvenIfTheUserIsNoAdmin() {
        admins(3, 1, 3);
        Map<String, List<String>> expected = after(handedOver(3, 802, 3));

        deactivate(
                        "--transfer-admin-to",
                        "802",
                        input("user_id,transfer_admin_to", "1,802.0", "2,user802", "\"3\", 802 "))
                .exits(4);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(fuseUsers.outcomes(1))
                .containsExactly(
                        HEADER,
                        "2,1,,MALFORMED,,the successor's user ID '802.0' does not consist of"
                                + " the digits 0 to 9 alone; correct it and run again.",
                        "3,2,,MALFORMED,,the successor's user ID 'user802' does not consist of"
                                + " the digits 0 to 9 alone; correct it and run again.",
                        "4,3,3,DEACTIVATED,3,admin of community 3 until user 802 took over");
    }

    @Test
    void aDryRunDecidesAndCountsTheSameAndChangesNothing() {
        admins(3, 1, 2, 3, 6);
        admins(4, 2, 801);
        String input = input("user_id,transfer_admin_to", "\"1\",801", "2,", "\"3\",999", "4,", "5,x", "6,", "1,");
        Map<String, List<String>> before = world.platform();

        FuseUsers.Result plan = deactivate("--dry-run", "--partitions", "1", "--transfer-admin-to", "802", input)
                .exits(4);

        assertThat(plan.out()).contains("To be deleted from", "To be added to");
        assertThat(world.platform()).isEqualTo(before);
        assertThat(fuseUsers.report(1, "removed-memberships.csv")).containsExactly("user_id,community_id");
        Map<String, List<String>> expected =
                after(handedOver(1, 801, 3), handedOver(2, 802, 3, 4), deactivated(4), handedOver(6, 802, 3));

        deactivate("--plan", "1", "--transfer-admin-to", "802", input).exits(4);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(fuseUsers.outcomes(1))
                .isEqualTo(fuseUsers.outcomes(2).stream()
                        .map(line -> line.replaceFirst(",(drift)?$", ""))
                        .toList());
        assertThat(fuseUsers.reportText(1, "skipped.csv")).isEqualTo(fuseUsers.reportText(2, "skipped.csv"));
        assertThat(rows(1, "deleted_rows"))
                .isEqualTo(rows(2, "deleted_rows"))
                .containsExactly(deletedOfEverything(4, 4));
        assertThat(rows(1, "added_rows"))
                .isEqualTo(rows(2, "added_rows"))
                .containsExactly("community_admins 3", "community_memberships 3");
        assertThat(fuseUsers.summary(2)).contains(entry("drift", 0), entry("transfer_admin_to", 802));
    }

    @Test
    void aSuccessorWhoBecameInactiveAfterThePlanIsDrift() {
        admins(3, 1, 2);
        String input = input("user_id,transfer_admin_to", "\"1\",801", "\"2\",802");
        deactivate("--dry-run", input).exits(0);
        world.execute("update users set active = false, deactivated_at = '2026-01-01T00:00:00Z' where id = 802");

        deactivate("--plan", "1", input).exits(4);

        assertThat(fuseUsers.outcomes(2))
                .containsExactly(
                        HEADER + ",drift",
                        "2,1,1,DEACTIVATED,3,admin of community 3 until user 801 took over,",
                        "3,2,2,INVALID_SUCCESSOR,3,\"admin of community 3, which user 802 cannot take over: inactive"
                                + " since 2026-01-01T00:00:00Z; name an active user who stays\",planned DEACTIVATED");
        assertThat(world.count("select count(*) from users where active and id in (1, 2)"))
                .isEqualTo(1);
    }

    @Test
    void anotherSuccessorMakesAnotherRun() {
        admins(3, 1);
        String input = input("user_id", "1");
        world.breakChunks();
        deactivate("--transfer-admin-to", "801", input).exits(1);
        deactivate(input).exits(1);
        world.mendChunks();
        Map<String, List<String>> expected = after(handedOver(1, 802, 3));

        FuseUsers.Result other = deactivate("--transfer-admin-to", "802", input).exits(0);

        assertThat(other.out())
                .startsWith(fuseUsers.opened(3) + "deactivate --transfer-admin-to 802 " + input + "\n")
                .doesNotContain("resumed");
        assertThat(world.timeless()).isEqualTo(expected);

        FuseUsers.Result first = deactivate("--transfer-admin-to", "801", input);

        assertThat(first.out())
                .startsWith(fuseUsers.opened(1) + "deactivate --transfer-admin-to 801 " + input + ", resumed");
        first.exits(0);
        assertThat(outcomes(1)).containsExactly("1 ALREADY_INACTIVE");
        assertThat(world.timeless()).isEqualTo(expected);

        assertThat(deactivate(input).out()).startsWith(fuseUsers.opened(2) + "deactivate " + input + ", resumed");
    }

    @Test
    void aFailedRunIsResumedWithItsSuccessors() {
        admins(3, 1, 2);
        String input = input("user_id,transfer_admin_to", "1,", "\"2\",801");
        world.breakChunks();
        deactivate("--transfer-admin-to", "802", input).exits(1);
        world.mendChunks();
        Map<String, List<String>> expected = after(handedOver(1, 802, 3), handedOver(2, 801, 3));

        FuseUsers.Result resumed = deactivate("--transfer-admin-to", "0802", input);

        assertThat(resumed.out())
                .startsWith(fuseUsers.opened(1) + "deactivate --transfer-admin-to 802 " + input + ", resumed");
        resumed.exits(0);
        assertThat(world.timeless()).isEqualTo(expected);
    }

    @Test
    void anOptionThatIsNoUserIdIsAUsageError() {
        admins(3, 1);
        Map<String, List<String>> before = world.platform();
        String input = input("user_id", "1");

        assertThat(List.of("0", "-1", "x", "user802", "802.0", "9223372036854775808", ""))
                .allSatisfy(value -> {
                    FuseUsers.Result result =
                            deactivate("--transfer-admin-to", value, input).exits(64);
                    assertThat(result.err()).contains(value).isNotBlank();
                });
        assertThat(world.platform()).isEqualTo(before);
        assertThat(world.count("select count(*) from fuse_batch.runs")).isZero();
    }

    @Test
    void otherCommandsRejectTheOption() {
        assertThat(List.of("reactivate", "reissue-certificates", "undo")).allSatisfy(command -> assertThat(fuseUsers
                        .run(command, "--yes", "--transfer-admin-to", "802", "1")
                        .exit())
                .isEqualTo(64));
    }

    @Test
    void anInputWithTwoColumnsOfSuccessorsIsRefused() {
        admins(3, 1);
        Map<String, List<String>> before = world.platform();

        FuseUsers.Result result = deactivate(
                        input("user_id,transfer_admin_to,Transfer Admin To", "\"1\",802,802", "2,,"))
                .exits(65);

        assertThat(result.err())
                .contains("several columns could name successors: 'transfer_admin_to', 'Transfer Admin To'");
        assertThat(world.platform()).isEqualTo(before);
    }

    @Test
    void theColumnCanBeChosenToIdentifyTheUsers() {
        Map<String, List<String>> expected = after(deactivated(2));

        deactivate("--column", "transfer_admin_to", input("user_id,transfer_admin_to", "1,2"))
                .exits(0);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(fuseUsers.report(1, "skipped.csv")).containsExactly("user_id,line,outcome,community_ids,message");
    }

    @Test
    void theGuardCountsOnlyAdminsWithAValidSuccessor() {
        world.inactiveUser(803, "2024-02-29T00:00:00Z");
        world.inactiveUser(804, "2024-02-29T00:00:00Z");
        admins(3, 1, 2, 3, 4, 5);
        String input = input(
                "user_id,transfer_admin_to",
                "\"1\",801",
                "\"2\",999",
                "\"3\",803",
                "4,4",
                "5,6",
                "6,",
                "\"804\",801",
                "801,x");
        Map<String, List<String>> before = world.platform();

        FuseUsers.Result refused = deactivate("--max-users", "1", input).exits(77);

        assertThat(refused.err()).contains("2 users would be deactivated, more than --max-users 1");
        assertThat(refused.out()).contains("8 rows name 7 users; 2 would be deactivated, of 8 active users");
        assertThat(world.platform()).isEqualTo(before);
        deactivate("--max-users", "2", input).exits(4);
        assertThat(world.count("select count(*) from fuse_batch.run_outcomes where outcome = 'DEACTIVATED'"))
                .isEqualTo(2);
    }

    @Test
    void theGuardAlsoConsidersTheUserOfTheOption() {
        admins(3, 1, 2);
        String input = input("user_id,transfer_admin_to", "1,", "\"2\",999", "3,");

        assertThat(deactivate("--dry-run", input).out()).contains("; 1 would be deactivated, of 8 active users");
        assertThat(deactivate("--dry-run", "--transfer-admin-to", "802", input).out())
                .contains("; 2 would be deactivated, of 8 active users");
        assertThat(deactivate("--dry-run", "--transfer-admin-to", "3", input).out())
                .contains("; 1 would be deactivated, of 8 active users");
    }

    @Test
    void theSkippedRowsCanBeRunOnceTheirSuccessorsAreFixed() {
        admins(3, 1, 2, 3);
        admins(4, 2);
        deactivate(input("username,transfer_admin_to", "user1,999", "user2,", "user3,user1", "user4,"))
                .exits(4);
        List<String> skipped = fuseUsers.report(1, "skipped.csv");
        assertThat(skipped).hasSize(4).satisfies(lines -> {
            assertThat(lines.get(1)).startsWith("1,2,INVALID_SUCCESSOR,3,").endsWith(",999");
            assertThat(lines.get(2)).startsWith("2,3,COMMUNITY_ADMIN,3;4,").endsWith(",");
        });
        Map<String, List<String>> expected = after(handedOver(1, 802, 3), handedOver(2, 801, 3, 4));

        deactivate(input(
                        skipped.get(0),
                        skipped.get(1).replaceFirst(",999$", ",802"),
                        skipped.get(2).replaceFirst(",$", ",801")))
                .exits(0);

        assertThat(world.timeless()).isEqualTo(expected);
    }

    @Test
    void theSkippedRowsNameTheUserOfTheOptionIfTheRowNamesNoSuccessor() {
        admins(3, 1, 2);
        world.inactiveUser(803, "2024-02-29T00:00:00Z");

        deactivate("--transfer-admin-to", "803", input("user_id,transfer_admin_to", "1,", "\"2\",999"));

        assertThat(fuseUsers.report(1, "skipped.csv")).hasSize(3).satisfies(lines -> {
            assertThat(lines.get(1)).endsWith("; name an active user who stays\",803");
            assertThat(lines.get(2)).endsWith("; name an active user who stays\",999");
        });
    }

    @Test
    void theSkippedRowsHaveNoSuccessorColumnWithoutSuccessors() {
        admins(3, 1);

        deactivate("--user", "1");

        assertThat(fuseUsers.report(1, "skipped.csv").get(0)).isEqualTo("user_id,line,outcome,community_ids,message");
    }

    @Test
    void anUndoReactivatesTheUsersAndLeavesTheAdminRolesWithTheSuccessors() {
        admins(3, 1, 2);
        world.admin(1, 4);
        deactivate("--transfer-admin-to", "802", input("user_id", "1", "2", "3"))
                .exits(0);
        List<String> reactivations = new ArrayList<>();
        for (long user = 1; user <= 3; user++) {
            reactivations.add("update users set active = true, deactivated_at = null where id = " + user);
            reactivations.add(
                    "insert into community_memberships (community_id, user_id) values (1, %d)".formatted(user));
        }

        FuseUsers.Result plain = fuseUsers.run("undo", "--dry-run", "1");

        assertThat(notRestored(2)).contains("community_admins 3");
        plain.exits(0);
        for (long user = 1; user <= 3; user++) {
            reactivations.add(
                    "insert into community_memberships (community_id, user_id) values (2, %d)".formatted(user));
        }
        Map<String, List<String>> expected = after(reactivations);

        FuseUsers.Result undo =
                fuseUsers.run("undo", "--with-memberships", "--yes", "1").exits(0);

        assertThat(undo.out()).contains("Admin roles stay with those who took them over.");
        Map<String, List<String>> after = world.timeless();
        assertThat(after.get("community_admins"))
                .isEqualTo(expected.get("community_admins"))
                .hasSize(2);
        assertThat(after.get("community_memberships")).isEqualTo(expected.get("community_memberships"));
        assertThat(after.get("users")).isEqualTo(expected.get("users"));
        assertThat(notRestored(3)).contains("community_admins 3").doesNotContain("community_memberships 6");
        assertThat(outcomes(3)).containsExactly("1 REACTIVATED", "2 REACTIVATED", "3 REACTIVATED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reactivate", "reissue-certificates"})
    void otherCommandsIgnoreTheColumn(String command) {
        world.inactiveUser(803, "2024-02-29T00:00:00Z");
        admins(3, 1);
        String admins = "select a::text from community_admins a";
        List<String> before = world.texts(admins);

        FuseUsers.Result result = fuseUsers.run(
                command,
                "--yes",
                input("user_id,transfer_admin_to,Transfer Admin To", "1,x,", "\"2\",999,802", "\"803\",803,0"));

        assertThat(result.exit()).as(result.err()).isIn(0, 4);
        assertThat(result.out()).doesNotContain("successors");
        assertThat(world.texts("select distinct outcome from fuse_batch.run_outcomes"))
                .doesNotContain("MALFORMED", "INVALID_SUCCESSOR", "FAILED")
                .hasSize(2);
        assertThat(world.texts(admins)).isEqualTo(before);
        assertThat(fuseUsers.report(1, "skipped.csv").get(0)).isEqualTo("user_id,line,outcome,community_ids,message");
    }

    @Test
    void aTransferThatTheDatabaseRefusesFailsOnlyItsAdminWhoKeepsTheRole() {
        admins(3, 1, 3, 5);
        admins(4, 2, 3);
        world.execute("create function test_sessions.refuse() returns trigger language plpgsql as $$ begin"
                + " raise exception 'community % is on hold', new.community_id using errcode = 'check_violation';"
                + " end $$");
        world.execute("create trigger refuse before insert on community_admins for each row"
                + " when (new.community_id = 4) execute function test_sessions.refuse()");
        Map<String, List<String>> expected = after(handedOver(1, 802, 3), deactivated(4), handedOver(5, 802, 3));

        deactivate("--transfer-admin-to", "802", input("user_id", "1", "2", "3", "4", "5"))
                .exits(4);

        assertThat(world.timeless()).isEqualTo(expected);
        assertThat(fuseUsers.outcomes(1))
                .contains(
                        "3,2,2,FAILED,,community 4 is on hold (SQLSTATE 23514)",
                        "4,3,3,FAILED,,community 4 is on hold (SQLSTATE 23514)");
        assertThat(rows(1, "deleted_rows")).containsExactly(deletedOfEverything(3, 2));
        assertThat(rows(1, "added_rows")).containsExactly("community_admins 1", "community_memberships 1");
    }

    private FuseUsers.Result deactivate(String... arguments) {
        return fuseUsers.run(Stream.concat(Stream.of("deactivate", "--yes"), Arrays.stream(arguments))
                .toArray(String[]::new));
    }

    private String input(String... lines) {
        return fuseUsers.input("leavers.csv", lines);
    }

    private void admins(long communityId, long... userIds) {
        for (long userId : userIds) {
            world.admin(userId, communityId);
        }
    }

    /** The platform after exactly these changes. */
    @SafeVarargs
    private Map<String, List<String>> after(List<String>... changes) {
        return world.timelessAfter(
                Arrays.stream(changes).flatMap(Collection::stream).toList());
    }

    /** The statements of a deactivation. */
    private static List<String> deactivated(long userId) {
        List<String> statements = new ArrayList<>();
        for (String table : World.DELETED) {
            statements.add("delete from %s where user_id = %d".formatted(table, userId)
                    + (table.equals("certificates") ? " and course_id in (10, 20)" : ""));
        }
        statements.add("update users set active = false, deactivated_at = now() where id = " + userId);
        return statements;
    }

    /**
     * The statements of a deactivation with a transfer of these communities, which are all communities of the admin.
     */
    private static List<String> handedOver(long leaverId, long successorId, long... communityIds) {
        List<String> statements = new ArrayList<>();
        for (long communityId : communityIds) {
            statements.add("delete from community_admins where user_id = %d and community_id = %d"
                    .formatted(leaverId, communityId));
            for (String table : List.of("community_admins", "community_memberships")) {
                statements.add("insert into %s (community_id, user_id) values (%d, %d) on conflict do nothing"
                        .formatted(table, communityId, successorId));
            }
        }
        statements.addAll(deactivated(leaverId));
        return statements;
    }

    /** The deleted rows of so many users made by {@link World#everything}, with so many admin roles in total. */
    private static String[] deletedOfEverything(int users, int roles) {
        return new String[] {
            "auto_login_tokens " + 2 * users,
            "device_tokens " + 2 * users,
            "oauth_tokens " + 2 * users,
            "membership_requests " + users,
            "community_memberships " + 2 * users,
            "certificates " + 2 * users,
            "community_admins " + roles
        };
    }

    private List<String> outcomes(long run) {
        return world.texts("""
                select rtrim(concat(user_id, ' ', outcome, ' ', array_to_string(community_ids, ';')))
                from fuse_batch.run_outcomes
                where run_id = ?
                order by line
                """, run);
    }

    private List<String> rows(long run, String field) {
        return entries(fuseUsers.summary(run).getOrDefault(field, Map.of()));
    }

    private List<String> notRestored(long run) {
        return rows(run, "not_restored");
    }

    private static List<String> entries(Object map) {
        return ((Map<?, ?>) map)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList();
    }
}
