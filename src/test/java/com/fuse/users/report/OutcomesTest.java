package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An input with every outcome that depends on data only, and every place where the run reports its rows. */
@ExtendWith(TestPlatform.class)
class OutcomesTest {

    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private FuseUsers.Result result = new FuseUsers.Result(-1, "", "");

    OutcomesTest(World world, Path folder, FuseUsers fuseUsers) {
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
    }

    @BeforeEach
    void deactivate() {
        result = fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));
    }

    @Test
    void theOutcomesListEveryRowByLine() {
        assertThat(fuseUsers.outcomesText(1)).isEqualTo("""
                line,input,user_id,outcome,community_ids,message
                2,1,1,DEACTIVATED,,
                3,2,2,ALREADY_INACTIVE,,inactive since 2024-02-03T04:05:06Z
                4,3,3,COMMUNITY_ADMIN,2;3,"admin of communities 2, 3; remove the admin role, or transfer it to another user, first"
                5,999,999,NOT_FOUND,,there is no user 999
                6,1,1,DUPLICATE,,line 2 names the same user
                7,999,999,DUPLICATE,,line 5 names the same user
                8,3,3,DUPLICATE,,line 4 names the same user
                9,12345.0,,MALFORMED,,user ID '12345.0' does not consist of the digits 0 to 9 alone; correct it and run again.
                10,'-5,,MALFORMED,,user ID '-5' does not consist of the digits 0 to 9 alone; correct it and run again.
                11,"1,234",,MALFORMED,,"user ID '1,234' does not consist of the digits 0 to 9 alone; correct it and run again."
                12,"1,234,567",,MALFORMED,,"has 3 fields, but the header has 2; put quotes around a value that holds the delimiter and run again."
                13,,,MALFORMED,,has no user ID; write one and run again.
                14,0,,MALFORMED,,user ID '0' is not above 0; correct it and run again.
                15,9223372036854775808,,MALFORMED,,user ID '9223372036854775808' has too many digits; correct it and run again.
                16,004,4,DEACTIVATED,,
                17,2,2,DUPLICATE,,line 3 names the same user
                18,5,5,DEACTIVATED,,
                """);
    }

    @Test
    void theSkipsAreInASeparateFile() {
        assertThat(fuseUsers.reportText(1, "skipped.csv")).isEqualTo("""
                user_id,line,outcome,community_ids,message
                3,4,COMMUNITY_ADMIN,2;3,"admin of communities 2, 3; remove the admin role, or transfer it to another user, first"
                999,5,NOT_FOUND,,there is no user 999
                1,6,DUPLICATE,,line 2 names the same user
                999,7,DUPLICATE,,line 5 names the same user
                3,8,DUPLICATE,,line 4 names the same user
                12345.0,9,MALFORMED,,user ID '12345.0' does not consist of the digits 0 to 9 alone; correct it and run again.
                '-5,10,MALFORMED,,user ID '-5' does not consist of the digits 0 to 9 alone; correct it and run again.
                "1,234",11,MALFORMED,,"user ID '1,234' does not consist of the digits 0 to 9 alone; correct it and run again."
                "1,234,567",12,MALFORMED,,"has 3 fields, but the header has 2; put quotes around a value that holds the delimiter and run again."
                "",13,MALFORMED,,has no user ID; write one and run again.
                ,14,MALFORMED,,user ID '0' is not above 0; correct it and run again.
                ,15,MALFORMED,,user ID '9223372036854775808' has too many digits; correct it and run again.
                2,17,DUPLICATE,,line 3 names the same user
                """);
    }

    @Test
    void theRemovedMembershipsAreListedByUser() {
        assertThat(fuseUsers.reportText(1, "removed-memberships.csv")).isEqualTo("""
                user_id,community_id
                1,1
                1,2
                5,3
                """);
    }

    @Test
    void theSummaryCountsEveryRowOnce() {
        assertThat(fuseUsers.summary(1))
                .contains(
                        entry("run", 1),
                        entry("command", "deactivate"),
                        entry("dry_run", false),
                        entry("state", "COMPLETED"),
                        entry("input", folder.resolve("every-outcome.csv").toString()),
                        entry(
                                "input_format",
                                "UTF-8, delimiter ',', header, column 1 'user_id' (user ID); not used: 'note'"),
                        entry("attempts", 1),
                        entry("rows", 17),
                        entry("skips", 13),
                        entry("exit_code", 4))
                .containsEntry(
                        "outcomes",
                        Map.of(
                                "DEACTIVATED", 3,
                                "ALREADY_INACTIVE", 1,
                                "COMMUNITY_ADMIN", 1,
                                "NOT_FOUND", 1,
                                "DUPLICATE", 4,
                                "MALFORMED", 7))
                .containsEntry(
                        "deleted_rows",
                        Map.of(
                                "auto_login_tokens", 2,
                                "device_tokens", 2,
                                "oauth_tokens", 2,
                                "membership_requests", 1,
                                "community_memberships", 3,
                                "certificates", 2));
    }

    @Test
    void theDatabaseHasTheSameOutcomes() {
        assertThat(world.texts("select concat_ws(' ', line, coalesce(user_id::text, '-'), outcome,"
                        + " nullif(community_ids, '{}'), removed_community_ids)"
                        + " from fuse_batch.run_outcomes where run_id = 1 order by line"))
                .containsExactly(
                        "2 1 DEACTIVATED {1,2}",
                        "3 2 ALREADY_INACTIVE",
                        "4 3 COMMUNITY_ADMIN {2,3}",
                        "5 999 NOT_FOUND",
                        "6 1 DUPLICATE",
                        "7 999 DUPLICATE",
                        "8 3 DUPLICATE",
                        "9 - MALFORMED",
                        "10 - MALFORMED",
                        "11 - MALFORMED",
                        "12 - MALFORMED",
                        "13 - MALFORMED",
                        "14 - MALFORMED",
                        "15 - MALFORMED",
                        "16 4 DEACTIVATED",
                        "17 2 DUPLICATE",
                        "18 5 DEACTIVATED {3}");
        assertThat(world.texts("select id::text from users where active")).containsExactly("3");
    }

    @Test
    void skipsExitWith4AndPrintOneLineWithTheRemedy() {
        result.exits(4);
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .contains("skipped", "fuse-users deactivate " + folder.resolve("reports/run-1/skipped.csv"));
    }

    @Test
    void theSkipsCanBeRunOnceTheirCauseIsFixed() {
        String since = deactivatedAt(1);
        world.execute("delete from community_admins where user_id = 3");

        fuseUsers
                .run(
                        "deactivate",
                        "--yes",
                        "--max-bad-percent=100",
                        folder.resolve("reports/run-1/skipped.csv").toString())
                .exits(4);

        assertThat(fuseUsers.outcomesText(2)).isEqualTo("""
                line,input,user_id,outcome,community_ids,message
                2,3,3,DEACTIVATED,,
                3,999,999,NOT_FOUND,,there is no user 999
                4,1,1,ALREADY_INACTIVE,,inactive since %s
                5,999,999,DUPLICATE,,line 3 names the same user
                6,3,3,DUPLICATE,,line 2 names the same user
                7,12345.0,,MALFORMED,,user ID '12345.0' does not consist of the digits 0 to 9 alone; correct it and run again.
                8,'-5,,MALFORMED,,user ID ''-5' does not consist of the digits 0 to 9 alone; correct it and run again.
                9,"1,234",,MALFORMED,,"user ID '1,234' does not consist of the digits 0 to 9 alone; correct it and run again."
                10,"1,234,567",,MALFORMED,,"user ID '1,234,567' does not consist of the digits 0 to 9 alone; correct it and run again."
                11,,,MALFORMED,,has no user ID; write one and run again.
                12,,,MALFORMED,,has no user ID; write one and run again.
                13,,,MALFORMED,,has no user ID; write one and run again.
                14,2,2,ALREADY_INACTIVE,,inactive since 2024-02-03T04:05:06Z
                """.formatted(since));
        assertThat(fuseUsers.reportText(2, "removed-memberships.csv")).isEqualTo("user_id,community_id\n3,2\n");
        assertThat(world.texts("select id::text from users where active")).isEmpty();
    }

    @Test
    void acceptedSkipsAreReportedTheSame() {
        List<String> skipped = fuseUsers.report(1, "skipped.csv");
        world.execute("update users set active = true, deactivated_at = null where id in (1, 4, 5)");

        FuseUsers.Result accepted = fuseUsers
                .run(
                        "deactivate",
                        "--yes",
                        "--max-bad-percent=100",
                        "--accept-skips",
                        folder.resolve("every-outcome.csv").toString())
                .exits(0);

        assertThat(accepted.err()).isEmpty();
        assertThat(fuseUsers.report(2, "skipped.csv")).isEqualTo(skipped);
        assertThat(fuseUsers.summary(2)).contains(entry("skips", 13), entry("exit_code", 0));
    }

    private String deactivatedAt(long user) {
        String since = world.texts(
                        "select to_char(deactivated_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                                + " from users where id = ?",
                        user)
                .get(0);
        return Instant.parse(since).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
