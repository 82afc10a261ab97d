package com.fuse.users.preflight;

import com.fuse.users.run.RowLimits;
import com.fuse.users.text.Counts;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Objects to an input whose rows are not as expected, as those of a damaged or wrong file (contract, section 5). */
record RowCheck(JdbcClient jdbc, long runId, RowLimits limits) {

    /** Fewer bad rows are mistakes of their own. */
    private static final long FEWEST_BAD_ROWS = 5;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static final String BAD_ROWS = """
            select count(*) as bad_rows, min(line) as first_line,
                   (array_agg(message order by line))[1] as first_message
            from fuse_batch.run_outcomes
            where run_id = :run and outcome in ('MALFORMED', 'MISMATCH')
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
                        new BadRows(row.getLong("bad_rows"), row.getLong("first_line"), row.getString("first_message")))
                .single();
        boolean few = bad.count() < FEWEST_BAD_ROWS
                || BigDecimal.valueOf(bad.count())
                                .multiply(HUNDRED)
                                .compareTo(BigDecimal.valueOf(rows).multiply(limits.maxBadPercent()))
                        <= 0;
        return few
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
