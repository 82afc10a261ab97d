package com.fuse.users.change;

/** The SQL for the users of a run, {@code run_users u}, who have no outcome yet. Its parameter is {@code :run}. */
final class UndecidedUsers {

    private static final String OF_RUN = "u.run_id = :run";

    private static final String WITHOUT_OUTCOME = OF_RUN + " and not exists ("
            + "select from fuse_batch.run_outcomes o where o.run_id = u.run_id and o.line = u.line%s)";

    /** For a query over the whole run; the planner chooses how to join. */
    static final String ANY = WITHOUT_OUTCOME.formatted("");

    private UndecidedUsers() {}

    /**
     * Selects the users without an outcome when the attempt begins. In the first attempt these are all users. In a later
     * one, each outcome is looked up by its key: without "offset 0", the planner may turn the look-up into a hash of all
     * outcomes, because it has no statistics on a run that is still being written.
     *
     * @param attempt the number of the attempt, counted from 1
     */
    static String before(int attempt) {
        return attempt == 1 ? OF_RUN : WITHOUT_OUTCOME.formatted(" offset 0");
    }
}
