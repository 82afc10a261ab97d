package com.fuse.users.preflight;

import com.fuse.users.change.Decider;
import com.fuse.users.change.Decision;
import com.fuse.users.change.Forecast;
import com.fuse.users.change.Outcome;
import com.fuse.users.change.Target;
import com.fuse.users.change.TargetReader;
import com.fuse.users.change.UserRange;
import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.operation.Operation;
import com.fuse.users.run.Run;
import com.fuse.users.tables.Change;
import com.fuse.users.tables.ChangeStatement;
import com.fuse.users.tables.RowCounts;
import com.fuse.users.tables.TableChange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Decides a run as its plan would, without a transaction or a lock and without a record, before the first chunk. It goes
 * page by page, so that memory does not grow with the input.
 */
final class Forecaster {

    private static final int PAGE_SIZE = 10_000;

    private static final String STAGED = """
            select outcome, count(*) as rows from fuse_batch.run_outcomes where run_id = :run group by outcome
            """;

    private final RunDatabase database;
    private final Run run;
    private final Decider decider;
    private final Change change;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private RowCounts rows;

    Forecaster(RunDatabase database, Operation operation, Run run) {
        this.database = database;
        this.run = run;
        this.decider = operation.decider(run.asPlan(), database.patientJdbc());
        this.change = operation.change(run);
        this.rows = new RowCounts(zeros(change.deletions()), zeros(change.insertions()));
    }

    /** All tables of the change in their order, which the rows of a query do not have. */
    private static Map<String, Long> zeros(List<? extends TableChange> tables) {
        Map<String, Long> zeros = new LinkedHashMap<>();
        tables.forEach(table -> zeros.put(table.table(), 0L));
        return zeros;
    }

    Forecast forecast() {
        database.patientJdbc().sql(STAGED).param("run", run.id()).query(row -> {
            outcomes.put(Outcome.valueOf(row.getString("outcome")), row.getLong("rows"));
        });
        ItemStreamReader<Target> targets =
                TargetReader.of(database, new UserRange(run.id(), Long.MIN_VALUE, Long.MAX_VALUE), 1, PAGE_SIZE);
        targets.open(new ExecutionContext());
        try {
            for (List<Target> page = page(targets); !page.isEmpty(); page = page(targets)) {
                decide(page);
            }
        } finally {
            targets.close();
        }
        return new Forecast(outcomes, rows);
    }

    private static List<Target> page(ItemStreamReader<Target> targets) {
        List<Target> page = new ArrayList<>();
        try {
            Target target = targets.read();
            while (target != null) {
                page.add(target);
                target = page.size() < PAGE_SIZE ? targets.read() : null;
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return page;
    }

    private void decide(List<Target> page) {
        decider.lookUp(page);
        List<Long> changed = new ArrayList<>();
        for (Target target : page) {
            Decision decision = decider.process(target);
            outcomes.merge(decision.outcome(), 1L, Long::sum);
            if (decision.change()) {
                changed.add(target.userId());
            }
        }
        count(changed);
    }

    private void count(List<Long> changed) {
        Map<String, Long> deleted = new LinkedHashMap<>();
        Map<String, Long> added = new LinkedHashMap<>();
        database.patientJdbc()
                .sql(ChangeStatement.counting(change))
                .param("run", run.id())
                .param("now", database.now())
                .param("users", changed.toArray(Long[]::new))
                .query(row -> {
                    Map<String, Long> counts = "delete".equals(row.getString("kind")) ? deleted : added;
                    counts.put(row.getString("table"), row.getLong("rows"));
                });
        rows = rows.plus(new RowCounts(deleted, added));
    }
}
