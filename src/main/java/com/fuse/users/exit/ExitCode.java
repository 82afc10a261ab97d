package com.fuse.users.exit;

/** The program's exit codes (contract, section 4); 64 to 78 are those of sysexits.h. */
public enum ExitCode {
    /** Every row has what was asked. */
    OK(0),
    /** Failed; what is committed is kept, and the same command resumes. */
    FAILED(1),
    /** Completed, some rows were skipped. */
    SKIPS(4),
    /** Wrong command or options; nothing done. */
    USAGE(64),
    /** The input cannot be read as a CSV of users; nothing done. */
    UNREADABLE_INPUT(65),
    /** There is no such input, or it may not be read; nothing done. */
    NO_INPUT(66),
    /** A live process works on the same input, or the database cannot be reached; nothing done. */
    TRY_LATER(75),
    /** The guard tripped, or the run was not confirmed; nothing done. */
    REFUSED(77),
    /** No database given, schema not migrated, or a right is missing; nothing done. */
    CONFIGURATION(78),
    /** Stopped by SIGINT after the current chunk; the same command resumes. */
    INTERRUPTED(130),
    /** Stopped by SIGTERM or the command "stop" after the current chunk; the same command resumes. */
    STOPPED(143);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** The exit code with this status, which must be one of the program's. */
    public static ExitCode of(int status) {
        for (ExitCode exitCode : values()) {
            if (exitCode.status == status) {
                return exitCode;
            }
        }
        throw new IllegalArgumentException("no exit code has the status " + status);
    }

    /** The status that the process exits with. */
    public int status() {
        return status;
    }
}
