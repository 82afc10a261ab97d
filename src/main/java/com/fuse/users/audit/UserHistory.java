package com.fuse.users.audit;

import com.fuse.users.change.Outcome;
import com.fuse.users.database.Times;
import com.fuse.users.history.attempt.AttemptRecord;
import com.fuse.users.history.attempt.AttemptRecords;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunRepository;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which runs named a user (contract, section 4, {@code history}). */
public class UserHistory {

    /** Looks each run up by the key of its users: an index of the users alone would slow every run down. */
    private static final String SELECT = """
            select r.id, found.line, found.outcome, found.message, found.decided_at
            from fuse_batch.runs r
            cross join lateral (
                select named.line, o.outcome, o.message, o.decided_at
                from fuse_batch.run_users named
                left join fuse_batch.run_outcomes o on o.run_id = named.run_id and o.line = named.line
                where named.run_id = r.id and named.user_id = :user
                offset 0
            ) found
            where r.purge_started_at is null
            order by r.id desc
            """;

    private final JdbcClient jdbc;
    private final RunRepository runs;
    private final AttemptRecords attempts;

    public UserHistory(JdbcClient jdbc, RunRepository runs) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.attempts = new AttemptRecords(jdbc);
    }

    /** The runs that named the user, newest first. Runs that were purged are not among them. */
    public List<Entry> of(long userId) {
        List<Found> found = jdbc.sql(SELECT)
                .param("user", userId)
                .query((row, number) -> {
                    String outcome = row.getString("outcome");
                    return new Found(
                            row.getLong("id"),
                            row.getLong("line"),
                            outcome == null ? null : Outcome.valueOf(outcome),
                            row.getString("message"),
                            Times.instant(row, "decided_at"));
                })
                .list();
        // A purge may have removed a run meanwhile.
        return found.stream()
                .flatMap(one -> runs.find(one.run()).map(run -> entry(run, one)).stream())
                .toList();
    }

    private Entry entry(Run run, Found found) {
        return new Entry(run, found.line(), found.outcome(), found.message(), found.decidedAt(), attempts.of(run.id()));
    }

    /** The ID of the user with this username, which is compared exactly. */
    public Optional<Long> findByUsername(String username) {
        return find("username = :value", username);
    }

    /** The ID of the user with this e-mail address, in any case. */
    public Optional<Long> findByEmail(String email) {
        return find("lower(email) = lower(:value)", email);
    }

    private Optional<Long> find(String condition, String value) {
        return jdbc.sql("select id from public.users where " + condition + " order by id limit 1")
                .param("value", value)
                .query(Long.class)
                .optional();
    }

    /**
     * A run that named the user.
     *
     * @param line the first line that names the user
     * @param outcome null if the run has not decided it
     * @param decidedAt null exactly if {@code outcome} is
     * @param made the attempts at the run, in order
     */
    public record Entry(
            Run run,
            long line,
            @Nullable Outcome outcome,
            @Nullable String message,
            @Nullable Instant decidedAt,
            List<AttemptRecord> made) {

        /** The attempt that decided the outcome, if an attempt has recorded who made it: the last of them that began before. */
        public Optional<AttemptRecord> by() {
            return made.stream()
                    .filter(attempt -> attempt.actor() != null)
                    .filter(attempt -> decidedAt == null || !attempt.began().isAfter(Objects.requireNonNull(decidedAt)))
                    .reduce((earlier, later) -> later);
        }
    }

    private record Found(
            long run,
            long line,
            @Nullable Outcome outcome,
            @Nullable String message,
            @Nullable Instant decidedAt) {}
}
