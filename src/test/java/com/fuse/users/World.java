package com.fuse.users;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Creates and reads a small platform with the owner's rights. */
public final class World {

    /** The tables that a deactivation empties for its user; of certificates, the SCORM courses' alone. */
    public static final List<String> DELETED = List.of(
            "auto_login_tokens",
            "device_tokens",
            "oauth_tokens",
            "membership_requests",
            "community_memberships",
            "certificates");

    /** The tables that the specification says are retained, and those that it does not say are deleted. */
    public static final List<String> RETAINED = List.of(
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
            "notifications",
            "communities",
            "courses",
            "community_admins");

    /** Every user's, so that no output may hold it. */
    static final String GIVEN_NAME = "Zvonimira";

    static final String FAMILY_NAME = "Quistenholt";

    /** The beginning of every token's hash: "canary-token", in PostgreSQL's notation. */
    static final String TOKEN_HASH = "\\x63616e6172792d746f6b656e";

    /** The ID of the global community, made with the world. */
    public static final long GLOBAL = 1;

    private final DataSource owner;
    private final JdbcClient jdbc;

    private World(DataSource owner) {
        this.owner = owner;
        this.jdbc = JdbcClient.create(owner);
    }

    /** A new world, with three communities and four courses. */
    public World(TestDatabase database) {
        this(database.owner());
        execute("insert into communities (id, name, is_global) values (1, 'Global', true), (2, 'Two', false),"
                + " (3, 'Three', false)");
        execute("insert into courses (id, community_id, title, format) values (10, 1, 'Global SCORM', 'scorm'),"
                + " (11, 1, 'Global video', 'video'), (20, 2, 'Two SCORM', 'scorm'), (21, 2, 'Two video', 'video')");
    }

    /** The world that the database holds already. */
    public static World in(TestDatabase database) {
        return new World(database.owner());
    }

    public void execute(String sql, Object... parameters) {
        jdbc.sql(sql).params(List.of(parameters)).update();
    }

    /** An active user with this ID, {@code userN} and {@code userN@example.org}, with no other data. */
    public void user(long id) {
        execute(
                "insert into users (id, username, email, first_name, last_name) values (?, ?, ?, ?, ?)",
                id,
                "user" + id,
                "user" + id + "@example.org",
                GIVEN_NAME,
                FAMILY_NAME);
    }

    /** Active users with the IDs from first to last. */
    public void users(long first, long last) {
        execute(
                "insert into users (id, username, email, first_name, last_name) select n, 'user' || n,"
                        + " 'user' || n || '@example.org', ?, ? from generate_series(?::bigint, ?::bigint) n",
                GIVEN_NAME,
                FAMILY_NAME,
                first,
                last);
    }

    /** A user who was deactivated at this time, in ISO 8601. */
    public void inactiveUser(long id, String deactivatedAt) {
        user(id);
        execute("update users set active = false, deactivated_at = ?::timestamptz where id = ?", deactivatedAt, id);
    }

    public void community(long id) {
        execute("insert into communities (id, name) values (?, ?)", id, "Community " + id);
    }

    public void admin(long userId, long communityId) {
        execute("insert into community_admins (community_id, user_id) values (?, ?)", communityId, userId);
    }

    public void member(long userId, long communityId) {
        execute("insert into community_memberships (community_id, user_id) values (?, ?)", communityId, userId);
    }

    public void completion(long userId, long courseId) {
        execute("insert into course_completions (course_id, user_id) values (?, ?)", courseId, userId);
    }

    public void certificate(long userId, long courseId) {
        execute("insert into certificates (course_id, user_id) values (?, ?)", courseId, userId);
    }

    /** Deletes a user with all their data, as no command does. */
    public void deleteUser(long userId) {
        tables().filter(table -> !List.of("communities", "courses", "users").contains(table))
                .forEach(table -> execute("delete from " + table + " where user_id = ?", userId));
        execute("delete from users where id = ?", userId);
    }

    /** Deletes a community that has no courses. */
    public void deleteCommunity(long communityId) {
        for (String table :
                List.of("membership_requests", "community_memberships", "community_admins", "community_settings")) {
            execute("delete from " + table + " where community_id = ?", communityId);
        }
        execute("delete from communities where id = ?", communityId);
    }

    /** Rows of the user in every table that there is, of both kinds of certificates, and in communities 1 and 2. */
    public void everything(long userId) {
        Stream<String> tokens = Stream.of("auto_login_tokens", "device_tokens", "oauth_tokens")
                .map(table -> "insert into " + table + " (user_id, token_hash) values (%1$d, '" + TOKEN_HASH
                        + "01'), (%1$d, '" + TOKEN_HASH + "02')");
        Stream<String> others = Stream.of(
                "insert into membership_requests (community_id, user_id) values (3, %1$d)",
                "insert into community_memberships (community_id, user_id) values (1, %1$d), (2, %1$d)",
                "insert into course_completions (course_id, user_id) select id, %1$d from courses where id in (10, 11, 20, 21)",
                "insert into certificates (course_id, user_id) select id, %1$d from courses where id in (10, 11, 20, 21)",
                "insert into notifications (user_id, channel, body) values (%1$d, 'push', 'a'), (%1$d, 'email', 'b')");
        Stream<String> retained = RETAINED.subList(0, 12).stream()
                .map(table -> "insert into " + table + " (user_id) values (%1$d), (%1$d)");
        // In one go, because each statement alone takes a connection of its own.
        execute(Stream.of(tokens, others, retained)
                .flatMap(statements -> statements)
                .collect(Collectors.joining(";"))
                .formatted(userId));
    }

    /** The rows of the tables as text, in order. */
    public Map<String, List<String>> rows(List<String> tables) {
        return rowsWhere(tables, Map.of());
    }

    /** Every row of every table of the platform as text, in order. */
    public Map<String, List<String>> platform() {
        return platformWhere(Map.of());
    }

    /** {@link #platform()} without what a deactivation of these users deletes; the IDs are separated by commas. */
    public Map<String, List<String>> platformWithoutAccessOf(String userIds) {
        Map<String, String> conditions = new HashMap<>();
        DELETED.forEach(table -> conditions.put(table, "user_id not in (" + userIds + ")"));
        conditions.merge(
                "certificates",
                "course_id in (select id from courses where format <> 'scorm')",
                (one, other) -> one + " or " + other);
        return platformWhere(conditions);
    }

    /** {@link #platform()} without the memberships and certificates that {@link #addedSince} tells. */
    public Map<String, List<String>> platformWithoutAddedSince(String start) {
        return platformWhere(Map.of(
                "community_memberships", "not " + between("joined_at", start),
                "certificates", "not " + between("issued_at", start)));
    }

    /** The memberships and certificates from between then and now: the user, what it is, and its community or course. */
    public List<String> addedSince(String start) {
        return texts("select concat_ws(' ', user_id, 'member of', community_id) from community_memberships where "
                + between("joined_at", start)
                + " union all select concat_ws(' ', user_id, 'certificate of', course_id) from certificates where "
                + between("issued_at", start) + " order by 1");
    }

    /** The time, for {@link #addedSince}. */
    public String now() {
        return texts("select clock_timestamp()::text").get(0);
    }

    private static String between(String column, String start) {
        return "%s between '%s' and clock_timestamp()".formatted(column, start);
    }

    private Map<String, List<String>> platformWhere(Map<String, String> conditions) {
        return rowsWhere(tables().toList(), conditions);
    }

    private Map<String, List<String>> rowsWhere(List<String> tables, Map<String, String> conditions) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String table : tables) {
            rows.put(
                    table,
                    texts("select t::text from " + table + " t where " + conditions.getOrDefault(table, "true")
                            + " order by t::text"));
        }
        return rows;
    }

    private static Stream<String> tables() {
        return Stream.of(DELETED, RETAINED, List.of("users")).flatMap(List::stream);
    }

    /** The rows of {@link #platform()} as JSON, without the moments of deactivations, grants and joins. */
    public Map<String, List<String>> timeless() {
        return timeless(jdbc);
    }

    /** What {@link #timeless()} would give after these statements, none of which is kept. */
    public Map<String, List<String>> timelessAfter(List<String> statements) {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            JdbcClient session = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            statements.forEach(statement -> session.sql(statement).update());
            Map<String, List<String>> rows = timeless(session);
            connection.rollback();
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, List<String>> timeless(JdbcClient session) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        tables().forEach(table -> rows.put(
                table,
                session.sql("select (to_jsonb(t) - '{deactivated_at,granted_at,joined_at}'::text[])::text from " + table
                                + " t order by 1")
                        .query(String.class)
                        .list()));
        return rows;
    }

    /** What no inactive user may have: rows of tokens, requests, memberships, admin roles and SCORM certificates. */
    public List<String> leftOnInactiveUsers() {
        String left = Stream.concat(
                        DELETED.stream().filter(table -> !table.equals("certificates")), Stream.of("community_admins"))
                .map(table ->
                        "select '%1$s ' || t::text from %1$s t join users u on u.id = t.user_id where not u.active"
                                .formatted(table))
                .collect(Collectors.joining(" union all "));
        return texts(left + " union all select 'certificates ' || t::text from certificates t"
                + " join users u on u.id = t.user_id join courses c on c.id = t.course_id"
                + " where not u.active and c.format = 'scorm'");
    }

    /** Makes every chunk of every run fail from now on, with an error that is neither a row's nor passing. */
    public void breakChunks() {
        execute("create function fuse_batch.out_of_order() returns trigger language plpgsql as"
                + " $$ begin raise exception 'out of order' using errcode = 'XX000'; end $$");
        execute("create trigger out_of_order before insert on fuse_batch.run_chunks for each row"
                + " execute function fuse_batch.out_of_order()");
    }

    /** As {@link #breakChunks()}, but once so many chunks of all runs in earnest are there. */
    public void breakChunksAfter(int chunks) {
        execute("create function fuse_batch.out_of_order() returns trigger language plpgsql as $$ begin"
                + " if (select count(*) from fuse_batch.run_chunks c join fuse_batch.runs r on r.id = c.run_id"
                + " where not r.dry_run) >= " + chunks
                + " then raise exception 'out of order' using errcode = 'XX000'; end if; return new; end $$");
        execute("create trigger out_of_order before insert on fuse_batch.run_chunks for each row"
                + " execute function fuse_batch.out_of_order()");
    }

    /** Undoes {@link #breakChunks()} and {@link #breakChunksAfter}. */
    public void mendChunks() {
        execute("drop function fuse_batch.out_of_order() cascade");
    }

    /** The one column of the query's rows. */
    public List<String> texts(String sql, Object... parameters) {
        return jdbc.sql(sql).params(List.of(parameters)).query(String.class).list();
    }

    public long count(String sql, Object... parameters) {
        return jdbc.sql(sql).params(List.of(parameters)).query(Long.class).single();
    }
}
