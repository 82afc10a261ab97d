package com.fuse.users.preflight;

import com.fuse.users.run.request.RowLimits;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Objects to an input whose rows are not as expected, as those of a damaged or wrong file (contract, section 5). */
record RowCheck(JdbcClient jdbc, long runId, RowLimits limits) {

    private static final String BAD_ROWS = """
            select bad.count, bad.line, o.message
            from (select count(*) as count, min(line) as line
                  from fuse_batch.run_outcomes
                  where run_id = :run and outcome in ('MALFORMED', 'MISMATCH')) bad
            left join fuse_batch.run_outcomes o on o.run_id = :run and o.line = bad.line
            """;

    /** The objection to the number of rows, with a remedy; null if there is none. */
    @Nullable
    String ofCount(long rows) {
        return BadRows.objectionToCount(rows, limits);
    }

    /** The objection to the bad rows among these, with a remedy; null if there is none. */
    @Nullable
    String ofBadRows(long rows) {
        return jdbc.sql(BAD_ROWS)
                .param("run", runId)
                .query((row, number) ->
                        new BadRows(row.getLong("count"), row.getLong("line"), row.getString("message")))
                .single()
                .objection(rows, limits);
    }
}
