package com.fuse.users.exit;

/**
 * The program's exit codes with their meanings (contract, section 4). This is the source for the help, README and
 * runbook. 64 to 78 are the codes of sysexits.h.
 */
public enum ExitCode {
    OK(0, "every row has the requested result, or --accept-skips is given"),
    FAILED(1, "the run failed; committed changes are kept, and the same command resumes the run"),
    SKIPS(4, "the run completed, but some rows were skipped"),
    USAGE(64, "the command or an option is wrong; nothing is done"),
    UNREADABLE_INPUT(65, "the input cannot be read as a CSV of users; nothing is done"),
    NO_INPUT(66, "the input does not exist, or permission to read it is missing; nothing is done"),
    TRY_LATER(
            75,
            "a live process is working on the same input, or the database is unreachable: nothing is done; or the run waited"
                    + " for too long: the same command resumes it"),
    REFUSED(77, "the guard tripped, or the run was not confirmed; nothing is done"),
    CONFIGURATION(
            78,
            "no database is configured, the schema is not migrated, the role lacks a right, or the report folder cannot be"
                    + " written; nothing is done"),
    INTERRUPTED(130, "SIGINT stopped the run after the current chunk; the same command resumes the run"),
    STOPPED(143, "SIGTERM or \"stop\" stopped the run after the current chunk; the same command resumes the run");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /**
     * The exit code with this status.
     *
     * @throws IllegalArgumentException if the program has no such exit code
     */
    public static ExitCode of(int status) {
        for (ExitCode exitCode : values()) {
            if (exitCode.status == status) {
                return exitCode;
            }
        }
        throw new IllegalArgumentException("no exit code has the status " + status);
    }

    /** The status of the process. */
    public int status() {
        return status;
    }

    /** The meaning for the operator, in one line. */
    public String meaning() {
        return meaning;
    }
}
