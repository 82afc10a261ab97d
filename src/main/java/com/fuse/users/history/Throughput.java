package com.fuse.users.history;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How fast the attempts at a run went, from the record that each chunk leaves. */
record Throughput(JdbcClient jdbc) {

    private static final int MOST_SLICES = 60;
    private static final double MILLIS = 1_000;

    /**
     * What Spring Batch records of an attempt is in the time zone of its process, which is not on record, and a chunk's
     * record is not. Zones differ by whole quarters of an hour, and an attempt comes to its first chunk within one: the
     * remainder is the time that it took to.
     */
    private static final String CHUNKS = """
            with attempt as (
                select *
                from unnest(:numbers::int[], :starts::float8[], :seconds::float8[], :slices::int[])
                    as a (number, start, seconds, slices)
            ), chunk as (
                select attempt, extract(epoch from committed_at) as at, user_count
                from fuse_batch.run_chunks
                where run_id = :run
            ), placed as (
                select a.*, c.at, c.user_count, min(c.at) over (partition by a.number) as first
                from chunk c
                join attempt a on a.number = c.attempt
            ), timed as (
                select *, first - (mod(mod(first - start::numeric + 1, 900) + 900, 900) - 1) as began
                from placed
            )
            select number, began,
                   least(slices - 1, greatest(0, floor((at - began) / seconds::numeric * slices)))::int as slice,
                   sum(user_count) as users
            from timed
            group by number, began, 3
            """;

    /**
     * The attempts with the users that they decided on slice by slice: at the most 60 slices, and some more where there
     * are many attempts.
     *
     * @param runBegan when the first of them began
     * @param lastEnd how the last of them ended
     */
    List<AttemptFigures> of(long runId, Instant runBegan, List<AttemptRecord> attempts, AttemptEnd lastEnd) {
        Map<Integer, Slices> slices = slices(runId, attempts);
        List<AttemptFigures> figures = new ArrayList<>();
        for (AttemptRecord attempt : attempts) {
            boolean last = figures.size() == attempts.size() - 1;
            Slices deciding = slices.get(attempt.number());
            figures.add(new AttemptFigures(
                    attempt.number(),
                    figures.isEmpty() ? runBegan : began(attempt, deciding),
                    attempt.worked(),
                    deciding == null ? 0 : deciding.sum(),
                    deciding == null ? List.of() : List.of(deciding.users()),
                    deciding == null ? Duration.ZERO : attempt.deciding().dividedBy(deciding.users().length),
                    last ? lastEnd : end(attempt)));
        }
        return figures;
    }

    private Map<Integer, Slices> slices(long runId, List<AttemptRecord> attempts) {
        long chunks = attempts.stream().mapToLong(AttemptRecord::chunks).sum();
        List<AttemptRecord> deciding =
                attempts.stream().filter(attempt -> attempt.chunks() > 0).toList();
        double seconds = deciding.stream().mapToDouble(Throughput::seconds).sum();
        Integer[] numbers = new Integer[deciding.size()];
        Double[] starts = new Double[deciding.size()];
        Double[] lengths = new Double[deciding.size()];
        Integer[] counts = new Integer[deciding.size()];
        for (int i = 0; i < deciding.size(); i++) {
            AttemptRecord attempt = deciding.get(i);
            numbers[i] = attempt.number();
            starts[i] = epochSeconds(attempt.decidingStart());
            lengths[i] = seconds(attempt);
            counts[i] = Math.max(1, (int) Math.round(Math.min(chunks, MOST_SLICES) * seconds(attempt) / seconds));
        }
        Map<Integer, Slices> slices = new HashMap<>();
        jdbc.sql(CHUNKS)
                .param("numbers", numbers)
                .param("starts", starts)
                .param("seconds", lengths)
                .param("slices", counts)
                .param("run", runId)
                .query(row -> {
                    int number = row.getInt("number");
                    int count = counts[List.of(numbers).indexOf(number)];
                    Instant began = Instant.ofEpochMilli(Math.round(row.getDouble("began") * MILLIS));
                    slices.computeIfAbsent(number, none -> Slices.none(began, count))
                                    .users()[row.getInt("slice")] =
                            row.getLong("users");
                });
        return slices;
    }

    private static @Nullable Instant began(AttemptRecord attempt, @Nullable Slices deciding) {
        LocalDateTime start = attempt.start();
        LocalDateTime decidingStart = attempt.decidingStart();
        return deciding == null || start == null || decidingStart == null
                ? null
                : deciding.began().minus(Duration.between(start, decidingStart));
    }

    private static AttemptEnd end(AttemptRecord attempt) {
        return "STOPPED".equals(attempt.status()) ? AttemptEnd.STOPPED : AttemptEnd.FAILED;
    }

    /** A time that is too short to be told counts as a millisecond. */
    private static double seconds(AttemptRecord attempt) {
        return Math.max(1, attempt.deciding().toMillis()) / MILLIS;
    }

    private static double epochSeconds(@Nullable LocalDateTime time) {
        return time == null ? 0 : time.toInstant(ZoneOffset.UTC).toEpochMilli() / MILLIS;
    }

    /** When an attempt began with its chunks, and how many users it decided on in each slice since then. */
    @SuppressWarnings("ArrayRecordComponent") // filled in place, and never compared
    private record Slices(Instant began, Long[] users) {

        static Slices none(Instant began, int count) {
            Long[] users = new Long[count];
            Arrays.fill(users, 0L);
            return new Slices(began, users);
        }

        long sum() {
            return Arrays.stream(users).mapToLong(Long::longValue).sum();
        }
    }
}
