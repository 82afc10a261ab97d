package com.fuse.users.change;

import static java.util.stream.Collectors.joining;

import com.fuse.users.database.DatabaseError;
import com.fuse.users.liveness.RunDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes the users of a chunk and records the outcome of each, in the chunk's transaction. If the database refuses a
 * user's change, the chunk is halved under savepoints until that user stands alone and gets the outcome
 * {@link Outcome#FAILED}; all others are changed. Other errors are rethrown, and so are ambiguous ones if every change
 * of the chunk fails.
 */
public class ChangeWriter implements ItemWriter<Decision> {

    private final RunDatabase database;
    private final TransactionTemplate savepoint;
    private final long runId;
    private final int attempt;
    private final String statement;

    /**
     * @param attempt the number of the attempt, counted from 1
     * @param plan whether to record what the change would do, instead of doing it
     */
    public ChangeWriter(RunDatabase database, long runId, int attempt, Change change, boolean plan) {
        this.database = database;
        this.savepoint = new TransactionTemplate(database.transactionManager());
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.runId = runId;
        this.attempt = attempt;
        this.statement = plan ? ChangeStatement.planning(change) : ChangeStatement.applying(change);
    }

    @Override
    public void write(Chunk<? extends Decision> chunk) {
        List<Decision> decisions = List.copyOf(chunk.getItems());
        List<Refusal> refusals = new ArrayList<>();
        write(decisions, refusals);
        if (refusals.isEmpty()) {
            return;
        }
        long changes = decisions.stream().filter(Decision::change).count();
        if (changes > 1 && refusals.size() == changes && refusals.stream().noneMatch(Refusal::isCertain)) {
            throw refusals.get(0).failure();
        }
        savepoint.executeWithoutResult(
                status -> apply(refusals.stream().map(Refusal::failed).toList()));
    }

    private void write(List<Decision> decisions, List<Refusal> refusals) {
        try {
            savepoint.executeWithoutResult(status -> apply(decisions));
        } catch (DataAccessException e) {
            DatabaseError error =
                    DatabaseError.in(e).filter(DatabaseError::mayBeOfRow).orElseThrow(() -> e);
            if (decisions.size() > 1) {
                int half = decisions.size() / 2;
                write(decisions.subList(0, half), refusals);
                write(decisions.subList(half, decisions.size()), refusals);
            } else if (decisions.get(0).change()) {
                refusals.add(new Refusal(decisions.get(0).target(), error, e));
            } else {
                throw e;
            }
        }
    }

    private void apply(List<Decision> decisions) {
        Long[] users = decisions.stream()
                .filter(Decision::change)
                .map(decision -> decision.target().userId())
                .toArray(Long[]::new);
        int recorded = database.jdbc()
                .sql(statement)
                .param("run", runId)
                .param("attempt", attempt)
                .param("now", database.now())
                .param("users", users)
                .param("lines", longs(decisions, decision -> decision.target().line()))
                .param("userIds", longs(decisions, decision -> decision.target().userId()))
                .param("outcomes", texts(decisions, decision -> decision.outcome()
                        .name()))
                .param("communityIds", texts(decisions, decision -> arrayLiteral(decision.communityIds())))
                .param("messages", decisions.stream().map(Decision::message).toArray(String[]::new))
                .update();
        // Deferred triggers must fire now: a refusal at the commit could not be traced to a user.
        database.jdbc().sql("set constraints all immediate").update();
        if (recorded != decisions.size()) {
            throw new IllegalStateException(
                    "%d outcomes recorded for %d rows of run %d".formatted(recorded, decisions.size(), runId));
        }
    }

    private static String arrayLiteral(List<Long> ids) {
        return ids.stream().map(String::valueOf).collect(joining(",", "{", "}"));
    }

    private static Long[] longs(List<Decision> decisions, Function<Decision, Long> value) {
        return decisions.stream().map(value).toArray(Long[]::new);
    }

    private static String[] texts(List<Decision> decisions, Function<Decision, String> value) {
        return decisions.stream().map(value).toArray(String[]::new);
    }

    /** A user whose change failed on its own. */
    private record Refusal(Target target, DatabaseError error, DataAccessException failure) {

        boolean isCertain() {
            return error.isOfRow();
        }

        Decision failed() {
            return Decision.keep(target, Outcome.FAILED, error.description());
        }
    }
}
