package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The traffic of the platform during a run: sessions with random transactions, each with several changes to users in
 * any order, until this is closed. Checks every error at once.
 */
final class RandomTraffic implements AutoCloseable {

    private static final String DEADLOCK = "40P01";
    private static final String REFUSED_BY_A_RULE = "23514";
    private static final int MOST_ACTIONS = 4;
    private static final int COMMUNITIES = 3;

    /** The users of one transaction are about as near to each other as those of one chunk. */
    private static final int NEIGHBOURS = 30;

    /** What happens for a user {@code %1$d} and a community {@code %2$d}, as one action. */
    private static final List<List<String>> ACTIONS = List.of(
            List.of("insert into auto_login_tokens (user_id, token_hash) values (%1$d, '\\x02')"),
            List.of("insert into device_tokens (user_id, token_hash) values (%1$d, '\\x02')"),
            List.of("insert into oauth_tokens (user_id, token_hash) values (%1$d, '\\x02')"),
            List.of("insert into membership_requests (community_id, user_id) values (%2$d, %1$d)"),
            List.of("insert into community_memberships (community_id, user_id) values (%2$d, %1$d)"
                    + " on conflict do nothing"),
            List.of("delete from community_memberships where user_id = %1$d and community_id = %2$d"),
            List.of("insert into community_admins (community_id, user_id) values (%2$d, %1$d)"
                    + " on conflict do nothing"),
            List.of("delete from community_admins where user_id = %1$d and community_id = %2$d"),
            List.of("delete from community_admins where user_id = %1$d"),
            List.of(
                    "insert into certificates (course_id, user_id) select id, %1$d from courses where community_id = %2$d"
                            + " on conflict do nothing"),
            List.of("delete from certificates where user_id = %1$d"),
            List.of(
                    "update users set active = false, deactivated_at = now() where id = %1$d and active",
                    "delete from auto_login_tokens t using users u where u.id = %1$d and t.user_id = u.id and not u.active",
                    "delete from device_tokens t using users u where u.id = %1$d and t.user_id = u.id and not u.active",
                    "delete from oauth_tokens t using users u where u.id = %1$d and t.user_id = u.id and not u.active",
                    "delete from membership_requests t using users u where u.id = %1$d and t.user_id = u.id"
                            + " and not u.active",
                    "delete from community_memberships t using users u where u.id = %1$d and t.user_id = u.id"
                            + " and not u.active",
                    "delete from certificates t using users u, courses c where u.id = %1$d and t.user_id = u.id"
                            + " and c.id = t.course_id and c.format = 'scorm' and not u.active"),
            List.of(
                    "update users set active = true, deactivated_at = null where id = %1$d and not active",
                    "insert into community_memberships (community_id, user_id) values (1, %1$d)"
                            + " on conflict do nothing"));

    private final TestDatabase database;
    private final int users;
    private final ExecutorService sessions = Executors.newCachedThreadPool();
    private final List<Future<?>> work = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong deadlocks = new AtomicLong();
    private final ConcurrentLinkedQueue<String> surprises = new ConcurrentLinkedQueue<>();

    /** Begins to live, with so many sessions, for the users from 1 on. */
    RandomTraffic(TestDatabase database, int users, int sessionCount, long seed) {
        this.database = database;
        this.users = users;
        for (int session = 0; session < sessionCount; session++) {
            Random random = new Random(seed + session);
            work.add(sessions.submit(() -> live(random)));
        }
    }

    long committed() {
        return committed.get();
    }

    long refused() {
        return refused.get();
    }

    /** How often the platform lost a deadlock. */
    long deadlocks() {
        return deadlocks.get();
    }

    /** Errors that are neither a guard's, naming the user, nor a deadlock. */
    List<String> surprises() {
        return List.copyOf(surprises);
    }

    private Void live(Random random) throws SQLException {
        try (Connection connection = database.owner().getConnection();
                Statement session = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!closed.get()) {
                transact(connection, session, random);
            }
        }
        return null;
    }

    private void transact(Connection connection, Statement session, Random random) throws SQLException {
        int user = 0;
        try {
            int first = 1 + random.nextInt(users - NEIGHBOURS);
            for (int action = 1 + random.nextInt(MOST_ACTIONS); action > 0; action--) {
                user = first + random.nextInt(NEIGHBOURS);
                int community = 1 + random.nextInt(COMMUNITIES);
                for (String statement : ACTIONS.get(random.nextInt(ACTIONS.size()))) {
                    session.execute(statement.formatted(user, community));
                }
            }
            connection.commit();
            committed.incrementAndGet();
        } catch (PSQLException e) {
            judge(user, e);
            connection.rollback();
        }
    }

    private void judge(int user, PSQLException e) {
        ServerErrorMessage error = e.getServerErrorMessage();
        String message = error == null ? "" : String.valueOf(error.getMessage());
        if (DEADLOCK.equals(e.getSQLState())) {
            deadlocks.incrementAndGet();
        } else if (REFUSED_BY_A_RULE.equals(e.getSQLState()) && message.matches(".*\\buser " + user + "\\b.*")) {
            refused.incrementAndGet();
        } else {
            surprises.add("user %d: %s %s".formatted(user, e.getSQLState(), message));
        }
    }

    /** Ends every session after its transaction. */
    @Override
    public void close() throws Exception {
        closed.set(true);
        sessions.shutdown();
        assertThat(sessions.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        for (Future<?> session : work) {
            session.get();
        }
    }
}
