package com.fuse.users.database;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import java.util.List;

/** The platform's own tables are not as the program needs them. */
public final class PlatformDiffersException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final List<String> differences;

    PlatformDiffersException(List<String> differences) {
        super(
                ExitCode.CONFIGURATION,
                "the platform's tables in schema public differ from what the program needs, and nothing was changed; correct"
                        + " each line below, then run \"migrate\" again");
        this.differences = List.copyOf(differences);
    }

    /** A line for the operator per difference. */
    public List<String> differences() {
        return differences;
    }
}
