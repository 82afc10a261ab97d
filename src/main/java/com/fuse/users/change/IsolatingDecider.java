package com.fuse.users.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides for chunks of one user, once the patience is used up: a user who cannot even be looked up, such as one whose
 * row another session keeps locked, fails alone.
 */
public final class IsolatingDecider implements Decider {

    private final Decider decider;
    private final Savepoints savepoints;
    private @Nullable RowError error;

    public IsolatingDecider(Decider decider, Savepoints savepoints) {
        this.decider = decider;
        this.savepoints = savepoints;
    }

    @Override
    public void lookUp(List<Target> targets) {
        error = savepoints.attempt(() -> decider.lookUp(targets));
    }

    @Override
    public Decision process(Target target) {
        return error == null ? decider.process(target) : Decision.keep(target, Outcome.FAILED, error.description());
    }
}
