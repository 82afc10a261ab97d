package com.fuse.users.change;

import static java.util.stream.Collectors.joining;

import com.fuse.users.database.DatabaseError;
import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.tables.AccountChange;
import com.fuse.users.tables.Change;
import com.fuse.users.tables.ChangeStatement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the change of a run for the users of a chunk, records their outcomes, and checks what the database made of it. */
public final class ChunkChange {

    /** Deletes the row of an outcome and inserts it again with the time that a trigger on users has set. */
    private static final String RECORD_TIME_OF_DATABASE = """
            with recorded as (
                delete from fuse_batch.run_outcomes
                where run_id = :run and line = any(:lines)
                returning *
            )
            insert into fuse_batch.run_outcomes (
                run_id, line, user_id, outcome, community_ids, message, decided_at, removed_community_ids,
                removed_course_ids, added_community_ids, added_course_ids)
            select r.run_id, r.line, r.user_id, r.outcome, r.community_ids, r.message, u.deactivated_at,
                   r.removed_community_ids, r.removed_course_ids, r.added_community_ids, r.added_course_ids
            from recorded r
            join public.users u on u.id = r.user_id
            """;

    private static final String RULES = """
            select string_agg(format('rule %s on %s', rulename, tablename), ', ' order by tablename, rulename)
            from pg_rules
            where schemaname = 'public' and tablename = any(:tables)
            having count(*) > 0
            """;

    private final RunDatabase database;
    private final long runId;
    private final int attempt;
    private final Change change;
    private final String statement;
    private final String interfering;
    private final boolean plan;

    /**
     * @param attempt the number of the attempt, counted from 1
     * @param plan whether to record what the change would do, instead of doing it
     */
    public ChunkChange(RunDatabase database, long runId, int attempt, Change change, boolean plan) {
        this.database = database;
        this.runId = runId;
        this.attempt = attempt;
        this.change = change;
        this.statement = plan ? ChangeStatement.planning(change) : ChangeStatement.applying(change);
        this.interfering = ChangeStatement.interfering(change);
        this.plan = plan;
    }

    /**
     * Changes the users and records the outcomes.
     *
     * @throws LeftInPlaceException if the database did not make the whole change; roll it back
     */
    void make(List<Decision> decisions) {
        OffsetDateTime now = database.now();
        List<Decision> changes = decisions.stream().filter(Decision::change).toList();
        int recorded = database.jdbc()
                .sql(statement)
                .param("run", runId)
                .param("attempt", attempt)
                .param("now", now)
                .param("users", userIds(changes))
                .param("lines", lines(decisions))
                .param("userIds", userIds(decisions))
                .param("outcomes", texts(decisions, decision -> decision.outcome()
                        .name()))
                .param("communityIds", texts(decisions, decision -> arrayLiteral(decision.communityIds())))
                .param("messages", decisions.stream().map(Decision::message).toArray(String[]::new))
                .update();
        requireOneForEach(decisions, recorded);
        // Deferred triggers must fire now: a refusal at the commit could not be traced to a user.
        database.jdbc().sql("set constraints all immediate").update();
        if (!plan && !changes.isEmpty() && mayDeviate()) {
            check(changes, now);
        }
    }

    private boolean mayDeviate() {
        return database.jdbc().sql(interfering).query(Boolean.class).single();
    }

    private void check(List<Decision> changes, OffsetDateTime now) {
        Map<Long, Set<String>> left = new TreeMap<>();
        List<Long> otherTimes = new ArrayList<>();
        JdbcClient.StatementSpec check =
                database.jdbc().sql(ChangeStatement.checking(change)).param("run", runId);
        ofUsers(check, changes, now).query(row -> {
            long userId = row.getLong("user_id");
            String table = row.getString("table_name");
            if (table == null) {
                otherTimes.add(userId);
            } else {
                left.computeIfAbsent(userId, user -> new TreeSet<>()).add(table);
            }
        });
        if (!left.isEmpty()) {
            throw new LeftInPlaceException(left);
        }
        if (!otherTimes.isEmpty()) {
            recordTimeOfDatabase(changes, Set.copyOf(otherTimes));
        }
    }

    /**
     * Whether the database leaves the account of this user as it is, without an error. Then a guard refuses the rest of a
     * reactivation, because the user is still inactive. Changes the account: undo it.
     */
    boolean leavesAccount(Decision decision) {
        AccountChange account = change.account();
        if (account != AccountChange.REACTIVATION) {
            return false;
        }
        OffsetDateTime now = database.now();
        List<Decision> changes = List.of(decision);
        try {
            ofUsers(database.jdbc().sql(account.statement()), changes, now).update();
        } catch (DataAccessException e) {
            return false;
        }
        return ofUsers(database.jdbc().sql(account.deviating()), changes, now).query().listOfRows().stream()
                .anyMatch(row -> row.get("table_name") != null);
    }

    private static JdbcClient.StatementSpec ofUsers(
            JdbcClient.StatementSpec statement, List<Decision> changes, OffsetDateTime now) {
        return statement.param("now", now).param("users", userIds(changes));
    }

    /** An undo finds its users by the time of their deactivation. */
    private void recordTimeOfDatabase(List<Decision> changes, Set<Long> users) {
        List<Decision> concerned = changes.stream()
                .filter(decision -> users.contains(decision.target().userId()))
                .toList();
        int recorded = database.jdbc()
                .sql(RECORD_TIME_OF_DATABASE)
                .param("run", runId)
                .param("lines", lines(concerned))
                .update();
        requireOneForEach(concerned, recorded);
    }

    /** The failure; if a rule of the platform caused it, one that names the rule: PostgreSQL may not name the table. */
    RuntimeException explain(DataAccessException failure) {
        return DatabaseError.in(failure)
                .filter(DatabaseError::isOfUnsupportedStatement)
                .flatMap(error -> rules().map(rules ->
                        "the platform prevents the change by %s: %s".formatted(rules, error.description())))
                .<RuntimeException>map(IllegalStateException::new)
                .orElse(failure);
    }

    /** The rules on the tables that the change writes. */
    private Optional<String> rules() {
        return database.jdbc()
                .sql(RULES)
                .param("tables", ChangeStatement.tables(change).toArray(String[]::new))
                .query(String.class)
                .optional();
    }

    private void requireOneForEach(List<Decision> decisions, int recorded) {
        if (recorded != decisions.size()) {
            throw new IllegalStateException(
                    "%d outcomes recorded for %d rows of run %d".formatted(recorded, decisions.size(), runId));
        }
    }

    private static String arrayLiteral(List<Long> ids) {
        return ids.stream().map(String::valueOf).collect(joining(",", "{", "}"));
    }

    private static Long[] userIds(List<Decision> decisions) {
        return decisions.stream().map(decision -> decision.target().userId()).toArray(Long[]::new);
    }

    private static Long[] lines(List<Decision> decisions) {
        return decisions.stream().map(decision -> decision.target().line()).toArray(Long[]::new);
    }

    private static String[] texts(List<Decision> decisions, Function<Decision, String> value) {
        return decisions.stream().map(value).toArray(String[]::new);
    }
}
