package com.fuse.users.history.attempt;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How fast the attempts at a run went, from the record that each chunk leaves. */
public record Throughput(JdbcClient jdbc) {

    private static final int MOST_SLICES = 60;

    /** A clock can be set back, and times are rounded: the first and the last slice take the chunks that lie outside. */
    private static final String USERS_BY_SLICE = """
            select greatest(0, least(:slices - 1, floor(
                       extract(epoch from committed_at - :start) * 1000 * :slices / :millis)))::int as slice,
                   sum(user_count) as users
            from fuse_batch.run_chunks
            where run_id = :run and attempt = :attempt
            group by slice
            """;

    /**
     * The attempts, each with its users slice by slice. All slices take about the same time. There are at most 60, plus
     * one for each attempt that is too short for one.
     *
     * @param lastEnd how the last attempt ended
     */
    public List<AttemptFigures> of(long runId, List<AttemptRecord> attempts, AttemptEnd lastEnd) {
        long chunks = attempts.stream().mapToLong(AttemptRecord::chunks).sum();
        Duration deciding = attempts.stream()
                .filter(attempt -> attempt.chunks() > 0)
                .map(AttemptRecord::deciding)
                .reduce(Duration.ZERO, Duration::plus);
        List<AttemptFigures> figures = new ArrayList<>();
        for (AttemptRecord attempt : attempts) {
            int slices = 0;
            if (attempt.chunks() > 0) {
                double share = (double) attempt.deciding().toMillis() / deciding.toMillis();
                slices = Math.max(1, (int) Math.round(Math.min(chunks, MOST_SLICES) * share));
            }
            figures.add(new AttemptFigures(
                    attempt,
                    usersBySlice(runId, attempt, slices),
                    attempt.deciding().dividedBy(Math.max(1, slices)),
                    attempt.number() == attempts.size() ? lastEnd : end(attempt)));
        }
        return figures;
    }

    private List<Long> usersBySlice(long runId, AttemptRecord attempt, int slices) {
        if (slices == 0) {
            return List.of();
        }
        Instant start = requireNonNull(attempt.decidingStart());
        Long[] users = new Long[slices];
        Arrays.fill(users, 0L);
        jdbc.sql(USERS_BY_SLICE)
                .param("run", runId)
                .param("attempt", attempt.number())
                .param("start", start.atOffset(ZoneOffset.UTC))
                .param("millis", attempt.deciding().toMillis())
                .param("slices", slices)
                .query(row -> {
                    users[row.getInt("slice")] = row.getLong("users");
                });
        return List.of(users);
    }

    private static AttemptEnd end(AttemptRecord attempt) {
        return BatchStatus.STOPPED.name().equals(attempt.status()) ? AttemptEnd.STOPPED : AttemptEnd.FAILED;
    }
}
