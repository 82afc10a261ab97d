package com.fuse.users.report;

import com.fuse.users.outcome.Outcome;
import com.fuse.users.run.Run;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Streams a run's rows with their outcomes, by line, in constant memory. */
final class OutcomeRows {

    private static final int FETCH_SIZE = 5_000;

    private static final String SELECT = """
            select r.line, r.input, o.user_id, r.successor, o.outcome, p.outcome as planned_outcome, o.community_ids,
                   o.message,
                   case when cardinality(o.removed_community_ids) > 0
                        then concat(o.user_id, ',',
                                    array_to_string(o.removed_community_ids, concat(E'\\n', o.user_id, ',')), E'\\n')
                   end as removed_memberships
            from fuse_batch.run_rows r
            join fuse_batch.run_outcomes o on o.run_id = r.run_id and o.line = r.line
            left join lateral (
                select planned.outcome
                from fuse_batch.run_outcomes planned
                where planned.run_id = ? and planned.line = r.line
                limit 1
            ) p on true
            where r.run_id = ?
            order by r.line
            """;

    private final JdbcTemplate jdbc;

    OutcomeRows(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setFetchSize(FETCH_SIZE);
    }

    /** Passes every row on; must be called in a transaction, because the driver streams in no other way. */
    void forEach(Run run, Consumer<OutcomeRow> consumer) {
        jdbc.query(
                SELECT,
                (RowCallbackHandler) row -> consumer.accept(row(row)),
                run.options().planId(),
                run.id());
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
                row.getString("removed_memberships"));
    }

    private static @Nullable Outcome plannedOutcome(ResultSet row) throws SQLException {
        String outcome = row.getString("planned_outcome");
        return outcome == null ? null : Outcome.valueOf(outcome);
    }

    private static List<Long> ids(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((Long[]) array.getArray());
    }
}
