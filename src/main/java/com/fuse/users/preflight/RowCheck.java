package com.fuse.users.preflight;

import com.fuse.users.run.RowLimits;
import com.fuse.users.text.Counts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Objects to an input whose rows are not as expected, as those of a damaged or wrong file (contract, section 5). */
record RowCheck(JdbcClient jdbc, long runId, RowLimits limits) {

    /** Fewer bad rows are mistakes of their own. */
    private static final long FEWEST_BAD_ROWS = 5;

    private static final String BAD_ROWS = """
            select bad.count, bad.line, o.message
            from (select count(*) as count, min(line) as line
                  from fuse_batch.run_outcomes
                  where run_id = :run and outcome in ('MALFORMED', 'MISMATCH')) bad
            left join fuse_batch.run_outcomes o on o.run_id = :run and o.line = bad.line
            """;

    private record BadRows(
            long count, long firstLine, @Nullable String firstMessage) {}

    /** The objection to the number of rows, with a remedy; null if there is none. */
    @Nullable
    String ofCount(long rows) {
        Long expected = limits.expectRows();
        return expected == null || expected == rows
                ? null
                : "the input has %s, not the %s of --expect-rows; get the complete file, or correct the option"
                        .formatted(Counts.of(rows, "row"), Counts.figure(expected));
    }

    /** The objection to the bad rows among these, with a remedy; null if there is none. */
    @Nullable
    String ofBadRows(long rows) {
        BadRows bad = jdbc.sql(BAD_ROWS)
                .param("run", runId)
                .query((row, number) ->
                        new BadRows(row.getLong("count"), row.getLong("line"), row.getString("message")))
                .single();
        boolean tooMany =
                bad.count() >= FEWEST_BAD_ROWS && new Share(bad.count(), rows).isMoreThan(limits.maxBadPercent());
        return !tooMany
                ? null
                : "%s of %s cannot be used, more than %s %%, so the others cannot be trusted. The first, line %d: %s Correct the file, or raise --max-bad-percent"
                        .formatted(
                                Counts.figure(bad.count()),
                                Counts.of(rows, "row"),
                                limits.maxBadPercent().stripTrailingZeros().toPlainString(),
                                bad.firstLine(),
                                sentence(bad.firstMessage()));
    }

    private static String sentence(@Nullable String message) {
        String text = String.valueOf(message);
        return text.endsWith(".") ? text : text + ".";
    }
}
