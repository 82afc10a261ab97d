package com.fuse.users.report;

import com.fuse.users.change.Outcome;
import com.fuse.users.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Streams a run's rows with their outcomes, by line, in constant memory. */
final class OutcomeRows {

    private static final int FETCH_SIZE = 5_000;

    private static final String SELECT = """
            select r.line, r.input, o.user_id, r.successor, o.outcome, p.outcome as planned_outcome, o.community_ids,
                   o.message, array_to_string(o.removed_community_ids, ' ') as removed_community_ids
            from fuse_batch.run_rows r
            join fuse_batch.run_outcomes o on o.run_id = r.run_id and o.line = r.line
            left join fuse_batch.run_outcomes p on p.run_id = ? and p.line = r.line
            where r.run_id = ?
            order by r.line
            """;

    // Outcomes lie in the order of users. An index would lead to them line by line, each on another page; to read them
    // as they lie and to sort takes half the time.
    private static final String AS_THEY_LIE = "set local enable_indexscan = off; set local enable_nestloop = off";

    /** What becomes of each row. */
    interface Consumer {
        void accept(OutcomeRow row) throws IOException;
    }

    private final JdbcTemplate jdbc;

    OutcomeRows(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setFetchSize(FETCH_SIZE);
    }

    /**
     * Passes every row on; must be called in a transaction, because the driver streams in no other way.
     *
     * @throws IOException what the consumer throws
     */
    void forEach(Run run, Consumer consumer) throws IOException {
        jdbc.execute(AS_THEY_LIE);
        try {
            jdbc.query(
                    SELECT,
                    row -> {
                        passOn(row(row), consumer);
                    },
                    run.options().planId(),
                    run.id());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void passOn(OutcomeRow row, Consumer consumer) {
        try {
            consumer.accept(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OutcomeRow row(ResultSet row) throws SQLException {
        return new OutcomeRow(
                row.getLong("line"),
                row.getString("input"),
                row.getObject("user_id", Long.class),
                row.getString("successor"),
                Outcome.valueOf(row.getString("outcome")),
                plannedOutcome(row),
                ids(row.getArray("community_ids")),
                row.getString("message"),
                row.getString("removed_community_ids"));
    }

    private static @Nullable Outcome plannedOutcome(ResultSet row) throws SQLException {
        String outcome = row.getString("planned_outcome");
        return outcome == null ? null : Outcome.valueOf(outcome);
    }

    private static List<Long> ids(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((Long[]) array.getArray());
    }
}
