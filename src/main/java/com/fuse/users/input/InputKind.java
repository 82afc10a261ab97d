package com.fuse.users.input;

/** Where the users of a run come from. */
public enum InputKind {
    /** A file, named itself or by its folder. */
    FILE,
    /** Standard input. */
    STANDARD_INPUT,
    /** The IDs on the command line. */
    USERS,
    /** An earlier run, which this run undoes. */
    RUN
}
