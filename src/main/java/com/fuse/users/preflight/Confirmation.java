package com.fuse.users.preflight;

import com.fuse.users.change.RowCounts;
import com.fuse.users.exit.RefusedException;
import java.util.function.Supplier;

/** Asks the operator whether a run may go on. */
@FunctionalInterface
public interface Confirmation {

    /**
     * Returns if it may.
     *
     * @param changes users who would be changed, as it stands now
     * @param rows what the run would delete and add; counted when it is asked for, which takes a while
     * @throws RefusedException if it may not, or if there is nobody to ask
     */
    void require(long changes, String question, Supplier<RowCounts> rows);
}
