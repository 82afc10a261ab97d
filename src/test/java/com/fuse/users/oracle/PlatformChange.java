package com.fuse.users.oracle;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A change that the platform makes to a user and perhaps to a community or a course.
 *
 * @param other the ID of the community or course
 */
record PlatformChange(Kind kind, long userId, long other) {

    private static final String INTEGRITY_CONSTRAINT_VIOLATION = "23";

    /** Statements over the user's ID and that of the community or course. */
    enum Kind {
        JOIN("insert into community_memberships (user_id, community_id) values (%1$d, %2$d)"),
        LEAVE("delete from community_memberships where user_id = %1$d and community_id = %2$d"),
        GRANT("insert into community_admins (user_id, community_id) values (%1$d, %2$d)"),
        REVOKE("delete from community_admins where user_id = %1$d and community_id = %2$d"),
        REVOKE_ALL("delete from community_admins where user_id = %1$d"),
        SIGN_IN("insert into oauth_tokens (user_id, token_hash) values (%1$d, '\\x02')"),
        REQUEST("insert into membership_requests (user_id, community_id) values (%1$d, %2$d)"),
        COMPLETE("insert into course_completions (user_id, course_id) values (%1$d, %2$d)"),
        CERTIFY("insert into certificates (user_id, course_id) values (%1$d, %2$d)"),
        BECOME_SCORM("update courses set format = 'scorm' where id = %2$d"),
        BECOME_VIDEO("update courses set format = 'video' where id = %2$d"),
        TOGGLE_OFF("""
                update users set active = false, deactivated_at = '2021-01-01T00:00:00.5Z' where id = %1$d and active;
                delete from auto_login_tokens where user_id = %1$d;
                delete from device_tokens where user_id = %1$d;
                delete from oauth_tokens where user_id = %1$d;
                delete from membership_requests where user_id = %1$d;
                delete from community_memberships where user_id = %1$d;
                delete from certificates where user_id = %1$d and course_id in (select id from courses where format = 'scorm')"""),
        TOGGLE_ON("update users set active = true, deactivated_at = null where id = %1$d"),
        COME_AND_GO("update users set deactivated_at = '2040-01-01T00:00:00.75Z' where id = %1$d and not active"),
        FORGET("update users set personal_data_removed_at = '2022-01-01T00:00:00.25Z' where id = %1$d and not active"),
        DELETE(Platform.TABLES.stream()
                        .filter(table ->
                                !List.of("users", "communities", "courses").contains(table))
                        .map(table -> "delete from " + table + " where user_id = %1$d;")
                        .collect(joining())
                + "delete from users where id = %1$d"),
        DISSOLVE("""
                delete from community_memberships where community_id = %2$d;
                delete from community_admins where community_id = %2$d;
                delete from membership_requests where community_id = %2$d;
                delete from communities where id = %2$d and not is_global""");

        private final String statements;

        Kind(String statements) {
            this.statements = statements;
        }
    }

    static Arbitrary<PlatformChange> any() {
        return of(Kind.values());
    }

    /** Changes that an undo must handle. */
    static Arbitrary<PlatformChange> afterDeactivation() {
        return of(Kind.COME_AND_GO, Kind.TOGGLE_ON, Kind.FORGET, Kind.DELETE, Kind.DISSOLVE, Kind.COMPLETE);
    }

    /** Changes that a second undo must handle. */
    static Arbitrary<PlatformChange> afterUndo() {
        return of(Kind.JOIN, Kind.LEAVE, Kind.TOGGLE_OFF, Kind.TOGGLE_ON, Kind.DELETE, Kind.DISSOLVE, Kind.COMPLETE);
    }

    private static Arbitrary<PlatformChange> of(Kind... kinds) {
        return Combinators.combine(
                        Arbitraries.of(kinds),
                        RandomInput.userIds(),
                        Arbitraries.longs().between(1, RandomWorld.MOST_COURSES))
                .as(PlatformChange::new);
    }

    /** Makes the change in one transaction, unless a rule of the platform prevents it. */
    void apply(DataSource owner) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(kind.statements.formatted(userId, other));
        } catch (SQLException e) {
            if (!e.getSQLState().startsWith(INTEGRITY_CONSTRAINT_VIOLATION)) {
                throw new IllegalStateException(e);
            }
        }
    }
}
