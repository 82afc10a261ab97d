package com.fuse.users.operation;

import com.fuse.users.change.Forecast;
import com.fuse.users.exit.RefusedException;
import java.util.function.Supplier;

/** Asks the operator whether a run may go on. */
@FunctionalInterface
public interface Confirmation {

    /**
     * Called before an input is staged that would have to be confirmed.
     *
     * @throws RefusedException if there is no way to ask
     */
    default void requirePossible() {}

    /**
     * Returns if the run may go on.
     *
     * @param changes how many users would be changed at this moment
     * @param forecast what the run would do; deciding it takes a while
     * @throws RefusedException if the run may not go on
     */
    void require(long changes, String question, Supplier<Forecast> forecast);
}
