package com.fuse.users.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.dao.DataAccessException;

/**
 * Changes the users of a chunk and records the outcome of each, in the chunk's transaction. If the database refuses a
 * user's change, the chunk is halved under savepoints until that user stands alone and gets the outcome
 * {@link Outcome#FAILED}; all others are changed. A user for whom the database left something in place, without an error,
 * gets the same outcome. Other errors are rethrown, and so are ambiguous ones if every change of the chunk fails.
 */
public class ChangeWriter implements ItemWriter<Decision> {

    private final Savepoints savepoints;
    private final ChunkChange change;
    private final RefusalLimit limit;
    private final RefusalProbe probe;

    public ChangeWriter(Savepoints savepoints, ChunkChange change, RefusalLimit limit, RefusalProbe probe) {
        this.savepoints = savepoints;
        this.change = change;
        this.limit = limit;
        this.probe = probe;
    }

    @Override
    public void write(Chunk<? extends Decision> chunk) {
        List<Decision> decisions = List.copyOf(chunk.getItems());
        List<Refusal> refusals = new ArrayList<>();
        try {
            write(decisions, refusals);
        } catch (DataAccessException e) {
            throw change.explain(e);
        }
        long changes = decisions.stream().filter(Decision::change).count();
        if (!refusals.isEmpty()) {
            if (changes > 1 && refusals.size() == changes && refusals.stream().noneMatch(Refusal::certain)) {
                throw refusals.get(0).failure();
            }
            change.make(refusals.stream().map(Refusal::failed).toList());
        }
        if (refusals.size() == changes) {
            checkLimit(decisions, refusals);
        }
    }

    private void write(List<Decision> decisions, List<Refusal> refusals) {
        RowError error;
        try {
            error = savepoints.attempt(() -> change.make(decisions));
        } catch (LeftInPlaceException e) {
            part(decisions, e, refusals);
            return;
        }
        if (error == null) {
            return;
        }
        if (decisions.size() > 1) {
            int half = decisions.size() / 2;
            write(decisions.subList(0, half), refusals);
            write(decisions.subList(half, decisions.size()), refusals);
        } else if (decisions.get(0).change()) {
            refusals.add(refusal(decisions.get(0), error));
        } else {
            throw error.failure();
        }
    }

    /** If the account was left as it is, that is the reason, and the error only follows from it. */
    private Refusal refusal(Decision decision, RowError error) {
        boolean left = error.certain() && savepoints.tryOut(() -> change.leavesAccount(decision));
        return new Refusal(
                decision.target(),
                error.certain(),
                left ? LeftInPlaceException.reason(Set.of("users")) : error.description(),
                error.failure());
    }

    /**
     * Changes the others again, without those for whom something was left in place. These are tried once more if others
     * were in the same statement, because another transaction may have written in between.
     */
    private void part(List<Decision> decisions, LeftInPlaceException left, List<Refusal> refusals) {
        List<Decision> concerned = new ArrayList<>();
        List<Decision> others = new ArrayList<>();
        for (Decision decision : decisions) {
            (left.concerns(decision.target()) ? concerned : others).add(decision);
        }
        if (others.isEmpty()) {
            for (Decision decision : concerned) {
                refusals.add(new Refusal(decision.target(), true, left.reason(decision.target()), left));
            }
        } else {
            write(others, refusals);
            write(concerned, refusals);
        }
    }

    /** The decisions may contain users who failed before this. */
    private void checkLimit(List<Decision> decisions, List<Refusal> refusals) {
        List<Decision> failed = new ArrayList<>(decisions);
        failed.removeIf(decision -> decision.outcome() != Outcome.FAILED);
        refusals.forEach(refusal -> failed.add(refusal.failed()));
        if (!failed.isEmpty()) {
            limit.check(failed.get(failed.size() - 1), probe::refusesAll);
        }
    }

    /**
     * A user whose change failed on its own.
     *
     * @param certain whether the failure concerns the user in any case, also if all users of the chunk fail
     */
    private record Refusal(Target target, boolean certain, String reason, RuntimeException failure) {

        Decision failed() {
            return Decision.keep(target, Outcome.FAILED, reason);
        }
    }
}
