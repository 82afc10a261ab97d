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

    /** In a shorter time, the start of the threads and single chunks say more than the speed of the run. */
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    /**
     * A chunk leaves one time, that of its commit. Counted there alone, chunks that take longer than a slice would leave
     * other slices empty. So its users are spread over the time since its thread began it: with n threads, about the
     * time since the nth commit before. All times are in units that divide both the milliseconds and the slices. A clock
     * can be set back: what lies outside the time of the change counts at its start or its end.
     */
    private static final String USERS_BY_SLICE = """
            with committed as (
                select id, user_count, committed_at,
                       least(:millis, greatest(1, round(extract(epoch from committed_at - :start) * 1000)::bigint)) as until
                from fuse_batch.run_chunks
                where run_id = :run and attempt = :attempt
            ), spread as (
                select user_count, until * :slices as until,
                       least(until - 1, coalesce(lag(until, :threads) over (order by committed_at, id), 0)) * :slices as since
                from committed
            )
            select slice,
                   sum(user_count * (least(until, (slice + 1) * :millis) - greatest(since, slice * :millis))::float8
                       / (until - since)) as users
            from spread
            cross join lateral generate_series(since / :millis, (until - 1) / :millis) as slice
            group by slice
            """;

    /**
     * The attempts, each with its users slice by slice. All slices take about the same time, at least about a second.
     * There are at most 60, plus one for each attempt that is too short for one.
     *
     * @param lastEnd how the last attempt ended
     */
    public List<AttemptFigures> of(long runId, List<AttemptRecord> attempts, AttemptEnd lastEnd) {
        Duration deciding = attempts.stream()
                .filter(attempt -> attempt.chunks() > 0)
                .map(AttemptRecord::deciding)
                .reduce(Duration.ZERO, Duration::plus);
        long most = deciding.compareTo(SHORTEST) < 0 ? 0 : Math.min(MOST_SLICES, deciding.toSeconds());
        List<AttemptFigures> figures = new ArrayList<>();
        for (AttemptRecord attempt : attempts) {
            int slices = 0;
            if (attempt.chunks() > 0 && most > 0) {
                double share = (double) attempt.deciding().toMillis() / deciding.toMillis();
                slices = Math.max(1, (int) Math.round(most * share));
            }
            figures.add(new AttemptFigures(
                    attempt,
                    usersBySlice(runId, attempt, slices),
                    attempt.deciding().dividedBy(Math.max(1, slices)),
                    attempt.number() == attempts.size() ? lastEnd : end(attempt)));
        }
        return figures;
    }

    private List<Double> usersBySlice(long runId, AttemptRecord attempt, int slices) {
        if (slices == 0) {
            return List.of();
        }
        Instant start = requireNonNull(attempt.decidingStart());
        Double[] users = new Double[slices];
        Arrays.fill(users, 0.0);
        jdbc.sql(USERS_BY_SLICE)
                .param("run", runId)
                .param("attempt", attempt.number())
                .param("start", start.atOffset(ZoneOffset.UTC))
                .param("millis", attempt.deciding().toMillis())
                .param("slices", (long) slices)
                .param("threads", attempt.threads())
                .query(row -> {
                    users[row.getInt("slice")] = row.getDouble("users");
                });
        return List.of(users);
    }

    private static AttemptEnd end(AttemptRecord attempt) {
        return BatchStatus.STOPPED.name().equals(attempt.status()) ? AttemptEnd.STOPPED : AttemptEnd.FAILED;
    }
}
