package com.fuse.users.deactivation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rules of a deactivation, compared row by row in every table. User 1 is deactivated, user 2 is not. */
@ExtendWith(TestPlatform.class)
record DeactivationTest(World world, FuseUsers fuseUsers) {

    @BeforeEach
    void makeTwoUsersWithEverything() {
        world.user(1);
        world.user(2);
        world.everything(1);
        world.everything(2);
        world.admin(2, 2);
    }

    @Test
    void deletesTokensRequestsMembershipsAndScormCertificatesOfThatUserOnly() {
        Map<String, List<String>> expected = world.rows(World.DELETED);
        expected.replaceAll((table, rows) -> world.texts("select t::text from " + table + " t where user_id = 2"
                + (table.equals("certificates") ? " or user_id = 1 and course_id in (11, 21)" : "")
                + " order by t::text"));

        deactivateUserOne();

        assertThat(world.rows(World.DELETED)).isEqualTo(expected);
    }

    @Test
    void retainsEveryRowOfEveryOtherTable() {
        Map<String, List<String>> before = world.rows(World.RETAINED);

        deactivateUserOne();

        assertThat(world.rows(World.RETAINED)).isEqualTo(before);
        assertThat(before).allSatisfy((table, rows) -> assertThat(rows).isNotEmpty());
    }

    @Test
    void knowsEveryTableOfThePlatform() {
        assertThat(world.texts("select tablename from pg_tables where schemaname = 'public' and tablename <> 'users'"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(World.DELETED.stream(), World.RETAINED.stream())
                        .toList());
    }

    @Test
    void changesOnlyTheActivityOfTheAccount() {
        String columns = "id, username, email, first_name, last_name, created_at, personal_data_removed_at";
        List<String> before = world.texts("select row(%s)::text from users order by id".formatted(columns));
        Instant start = Instant.now();

        deactivateUserOne();

        assertThat(world.texts("select row(%s)::text from users order by id".formatted(columns)))
                .isEqualTo(before);
        assertThat(world.texts("select active::text from users order by id")).containsExactly("false", "true");
        String deactivatedAt = world.texts("select to_char(deactivated_at at time zone 'UTC',"
                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from users where id = 1")
                .get(0);
        assertThat(Instant.parse(deactivatedAt)).isBetween(start.minusMillis(1), Instant.now());
    }

    @Test
    void preventsSignInAndNotifications() {
        deactivateUserOne();

        assertThat(world.texts("select id || ' ' || username || ' ' || email from sign_in_accounts"))
                .containsExactly("2 user2 user2@example.org");
        assertThat(world.texts("select user_id || ' ' || channel from deliverable_notifications order by 1"))
                .containsExactly("2 email", "2 push");
    }

    @Test
    void countsTheDeletedRowsOfEachTable() {
        deactivateUserOne();

        assertThat(fuseUsers.reportText(1, "summary.json"))
                .contains("\"deleted_rows\":{\"auto_login_tokens\":2,\"device_tokens\":2,\"oauth_tokens\":2,"
                        + "\"membership_requests\":1,\"community_memberships\":2,\"certificates\":2},");
        assertThat(fuseUsers.report(1, "removed-memberships.csv"))
                .containsExactly("user_id,community_id", "1,1", "1,2");
    }

    @Test
    void aDryRunCountsTheSameAndChangesNothing() {
        List<String> tables = Stream.of(World.DELETED, World.RETAINED, List.of("users"))
                .flatMap(List::stream)
                .toList();
        Map<String, List<String>> before = world.rows(tables);

        fuseUsers.run("deactivate", "--dry-run", "--user", "1").exits(0);

        assertThat(world.rows(tables)).isEqualTo(before);
        String planned = world.texts("select deleted_rows::text from fuse_batch.run_chunks")
                .get(0);
        deactivateUserOne();
        assertThat(world.texts("select deleted_rows::text from fuse_batch.run_chunks order by run_id"))
                .containsExactly(planned, planned);
        assertThat(fuseUsers.outcomes(1)).isEqualTo(fuseUsers.outcomes(2));
        assertThat(fuseUsers.report(1, "removed-memberships.csv")).containsExactly("user_id,community_id");
    }

    private void deactivateUserOne() {
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);
    }
}
