package com.fuse.users.preflight;

import com.fuse.users.run.RefusedException;

/** Asks the operator whether a run may go on. */
@FunctionalInterface
public interface Confirmation {

    /**
     * Returns if it may.
     *
     * @throws RefusedException if it may not, or if there is nobody to ask
     */
    void require(Preview preview);
}
