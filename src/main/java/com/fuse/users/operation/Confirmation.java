package com.fuse.users.operation;

import com.fuse.users.exit.RefusedException;
import com.fuse.users.tables.RowCounts;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the operator whether a run may go on. */
@FunctionalInterface
public interface Confirmation {

    /**
     * Returns if the run may go on.
     *
     * @param changes how many users would be changed at this moment
     * @param question null if there is nothing to ask
     * @param rows the rows that the run would delete and add; counting them takes a while
     * @throws RefusedException if the run may not go on, or if there is no way to ask
     */
    void require(long changes, @Nullable String question, Supplier<RowCounts> rows);
}
