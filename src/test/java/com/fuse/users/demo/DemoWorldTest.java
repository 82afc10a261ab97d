package com.fuse.users.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fuse.users.TestDatabase;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The demo's world is the same on every machine, follows the platform's rules, and contains the users of the sample
 * input.
 */
@TestInstance(Lifecycle.PER_CLASS)
class DemoWorldTest {

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient demo = JdbcClient.create(
            new SingleConnectionDataSource(database.url(), database.ownerUser(), database.ownerPassword(), true));

    @BeforeAll
    void fillTheDemo() throws SQLException {
        fill(database, DemoWorld.ofTheDemo());
    }

    @AfterAll
    void drop() {
        database.close();
    }

    @Test
    void theSameSeedGivesTheSameRowsInEveryTimeZone() throws SQLException {
        try (TestDatabase one = TestDatabase.create();
                TestDatabase same = TestDatabase.create();
                TestDatabase different = TestDatabase.create()) {
            fill(one, new DemoWorld(7, 300, 20));
            try (Connection elsewhere = same.session()) {
                JdbcClient.create(new SingleConnectionDataSource(elsewhere, true))
                        .sql("set time zone 'America/New_York'")
                        .update();
                new DemoWorld(7, 300, 20).fill(elsewhere);
            }
            fill(different, new DemoWorld(8, 300, 20));

            assertThat(checksums(same)).isEqualTo(checksums(one));
            assertThat(checksums(different).get("users"))
                    .isNotEqualTo(checksums(one).get("users"));
        }
    }

    @Test
    void aWorldIsFilledOnce() throws SQLException {
        Map<String, String> before = checksums(database);

        fill(database, new DemoWorld(8, 300, 20));

        assertThat(checksums(database)).isEqualTo(before);
    }

    @Test
    void everyTableHasRows() {
        assertThat(tables(demo)).hasSize(24).allSatisfy(table -> assertThat(count(table))
                .isPositive());
    }

    @Test
    void inactiveUsersHaveRetainedRowsToo() {
        assertThat(List.of(
                        "content_views",
                        "profile_views",
                        "assessment_results",
                        "assignments",
                        "community_settings",
                        "activities",
                        "favourites",
                        "profile_favourites",
                        "user_group_memberships",
                        "content_signatures",
                        "admin_group_memberships",
                        "public_activities",
                        "course_completions",
                        "certificates",
                        "notifications"))
                .allSatisfy(table -> assertThat(count(table + " join users on users.id = user_id where not active"))
                        .isPositive());
    }

    /** Keys and guards were disabled while the world was created, so its rows must satisfy them now. */
    @Test
    void everyForeignKeyHolds() {
        List<String> again = demo.sql("""
                        select format('alter table %s drop constraint %I, add constraint %2$I %s',
                                      conrelid::regclass, conname, pg_get_constraintdef(oid))
                        from pg_constraint
                        where contype = 'f' and connamespace = 'public'::regnamespace
                        """).query(String.class).list();

        assertThat(again).hasSizeGreaterThan(24).allSatisfy(sql -> demo.sql(sql).update());
    }

    @Test
    void everyGuardHolds() {
        assertThat(List.of(
                        "auto_login_tokens",
                        "device_tokens",
                        "oauth_tokens",
                        "membership_requests",
                        "community_memberships",
                        "community_admins"))
                .allSatisfy(table ->
                        demo.sql("update " + table + " set user_id = user_id").update());
        demo.sql("update users set active = active").update();
        assertThat(count("community_memberships join users on users.id = user_id where not active"))
                .isZero();
    }

    @Test
    void certificatesRequireACompletionAndThoseOfScormCoursesAnActiveUser() {
        assertThat(
                        count(
                                "certificates left join course_completions using (course_id, user_id) where completed_at is null"))
                .isZero();
        String scorm =
                "certificates join courses on courses.id = course_id join users on users.id = user_id where format = 'scorm'";
        assertThat(count(scorm + " and not active")).isZero();
        assertThat(count(scorm + " and active and community_id = 1")).isPositive();
        assertThat(count(scorm + " and active and community_id <> 1")).isPositive();
    }

    @Test
    void everyActiveUserIsAMemberOfTheGlobalCommunityAndOfAboutFourOthers() {
        assertThat(count("users where active and not exists (select from community_memberships m join communities c"
                        + " on c.id = m.community_id and c.is_global where m.user_id = users.id)"))
                .isZero();
        assertThat((double) count("community_memberships") / count("users where active"))
                .isBetween(4.8, 5.2);
    }

    @Test
    void aFewUsersAreInactiveAndAFewAreAdminsOfOneToFourCommunities() {
        assertThat(count("users")).isEqualTo(5_000);
        assertThat(count("users where not active")).isBetween(100L, 200L);
        assertThat(count("users where personal_data_removed_at is not null and active"))
                .isZero();
        assertThat(count("users where personal_data_removed_at is not null")).isPositive();
        assertThat(demo.sql("select distinct count(*) from community_admins group by user_id order by 1")
                        .query(Long.class)
                        .list())
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void noTimeIsAfterTheWorldsCurrentDate() {
        assertThat(count("""
                users where greatest(created_at, deactivated_at, personal_data_removed_at) > '2026-01-01Z'
                    or deactivated_at < created_at or personal_data_removed_at < deactivated_at
                """)).isZero();
        assertThat(count("notifications where greatest(created_at, sent_at) > '2026-01-01Z' or sent_at < created_at"))
                .isZero();
    }

    @Test
    void theSampleInputHasEveryOutcomeThatDependsOnDataOnly() throws IOException {
        Map<String, Long> outcomes = new TreeMap<>();
        Set<Long> seen = new HashSet<>();
        for (CSVRecord row : sampleInput()) {
            outcomes.merge(outcome(row, seen), 1L, Long::sum);
        }

        assertThat(outcomes)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "DEACTIVATED",
                        214L,
                        "ALREADY_INACTIVE",
                        8L,
                        "COMMUNITY_ADMIN of one",
                        4L,
                        "COMMUNITY_ADMIN of several",
                        6L,
                        "NOT_FOUND",
                        3L,
                        "DUPLICATE",
                        5L,
                        "MALFORMED",
                        4L));
    }

    @Test
    void theSampleInputStaysBelowTheGuard() throws IOException {
        assertThat((long) sampleInput().size() * 5).isLessThan(count("users where active"));
    }

    @Test
    void theSampleInputNamesUsersOfTheWorld() throws IOException {
        Map<Long, String> names = demo
                .sql("select id, last_name || ', ' || first_name as name from users where first_name is not null")
                .query((row, number) -> Map.entry(row.getLong("id"), row.getString("name")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertThat(sampleInput())
                .filteredOn(DemoWorldTest::namesAUser)
                .filteredOn(row -> names.containsKey(userId(row)))
                .hasSizeGreaterThan(200)
                .allSatisfy(row -> assertThat(row.get(1)).isEqualTo(names.get(userId(row))));
    }

    @Test
    void aWorldTooSmallForItsRulesIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DemoWorld(1, 0, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new DemoWorld(1, 1, 9));
    }

    /** The rules once more, in the plainest way: the job's own code is not what its sample is judged by. */
    private String outcome(CSVRecord row, Set<Long> seen) {
        if (!namesAUser(row)) {
            return "MALFORMED";
        }
        long user = userId(row);
        if (!seen.add(user)) {
            return "DUPLICATE";
        }
        if (count("users where id = " + user) == 0) {
            return "NOT_FOUND";
        }
        if (count("users where active and id = " + user) == 0) {
            return "ALREADY_INACTIVE";
        }
        long communities = count("community_admins where user_id = " + user);
        if (communities > 0) {
            return communities == 1 ? "COMMUNITY_ADMIN of one" : "COMMUNITY_ADMIN of several";
        }
        return "DEACTIVATED";
    }

    private static boolean namesAUser(CSVRecord row) {
        return row.size() == 3 && row.get(0).strip().matches("[0-9]+");
    }

    private static long userId(CSVRecord row) {
        return Long.parseLong(row.get(0).strip());
    }

    private static List<CSVRecord> sampleInput() throws IOException {
        try (Reader file = Files.newBufferedReader(Path.of("input", "users.csv"), UTF_8)) {
            List<CSVRecord> records = CSVFormat.RFC4180.parse(file).getRecords();
            assertThat(records.get(0).toList()).containsExactly("user_id", "name", "leaving_date");
            return records.subList(1, records.size());
        }
    }

    private long count(String from) {
        return demo.sql("select count(*) from " + from).query(Long.class).single();
    }

    private static void fill(TestDatabase database, DemoWorld world) throws SQLException {
        try (Connection connection = database.owner().getConnection()) {
            world.fill(connection);
        }
    }

    private static List<String> tables(JdbcClient client) {
        return client.sql("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'")
                .query(String.class)
                .list();
    }

    private static Map<String, String> checksums(TestDatabase database) {
        JdbcClient client = JdbcClient.create(database.owner());
        return tables(client).stream().collect(Collectors.toMap(Function.identity(), table -> client.sql(
                        "select md5(string_agg(r::text, ';' order by r::text)) from " + table + " r")
                .query(String.class)
                .single()));
    }
}
