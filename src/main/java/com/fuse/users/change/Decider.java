package com.fuse.users.change;

import java.util.List;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Decides what becomes of the users of one partition, slice by slice. Every user gets a decision: a refusal is an
 * outcome, not an exception.
 */
public interface Decider extends ItemProcessor<List<Target>, List<Decision>> {

    /** Looks up what the decisions on these users rest on, in the transaction that changes them, and forgets all others. */
    void lookUp(List<Target> targets);

    /** Decides on one of the users who were looked up last. */
    Decision decide(Target target);

    /** Returns a decision on each, in their order. */
    @Override
    default List<Decision> process(List<Target> slice) {
        lookUp(slice);
        return slice.stream().map(this::decide).toList();
    }
}
