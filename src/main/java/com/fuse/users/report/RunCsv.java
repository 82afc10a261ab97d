package com.fuse.users.report;

import com.fuse.users.run.Run;

/** The queries of the report's CSV files about the rows of a run. All order by line. */
record RunCsv(Run run) {

    /** The transaction's setting with the run's number, see {@link CsvCopy#set}. */
    static final String RUN = "run";

    /** The transaction's setting with the outcomes that are skips, joined by commas. */
    static final String SKIPS = "skips";

    /**
     * Rows are stored by line and outcomes by user, so each index of one would fetch the other from a new page per row:
     * both are read as they are stored, joined by hash and sorted. Before a table's first statistics, the planner expects
     * a handful of rows and would loop.
     */
    static final String PLAN = "set local enable_indexscan = off; set local enable_nestloop = off";

    /** A subquery, because the server evaluates it once; the function alone once per row. */
    private static final String THIS_RUN = "(select current_setting('fuse_users.run')::bigint)";

    private static final String FROM_ROWS = """
            from fuse_batch.run_rows r
            join fuse_batch.run_outcomes o on o.run_id = r.run_id and o.line = r.line
            """;

    private static final String WHERE_THIS_RUN = "where r.run_id = " + THIS_RUN + "\n";

    /** {@code outcomes.csv}: every row. In a run with a plan, {@code drift} says what the plan said if it differs. */
    String outcomes() {
        String drift = ", case when p.outcome <> o.outcome then 'planned ' || p.outcome end as drift";
        String plan = """
                left join fuse_batch.run_outcomes p
                    on p.run_id = (select plan_run_id from fuse_batch.runs where id = %s) and p.line = r.line
                """.formatted(THIS_RUN);
        boolean hasPlan = run.options().planId() != null;
        return "select r.line, %s as input, o.user_id, o.outcome, %s as decided_at, %s as community_ids, %s as message%s\n"
                        .formatted(
                                CsvCells.text("r.input"),
                                CsvCells.time("o.decided_at"),
                                CsvCells.ids("o.community_ids"),
                                CsvCells.text("o.message"),
                                hasPlan ? drift : "")
                + FROM_ROWS
                + (hasPlan ? plan : "")
                + WHERE_THIS_RUN
                + "order by r.line";
    }

    /**
     * {@code skipped.csv}: the skips, itself an input once their causes are fixed. Its first column holds user IDs, or
     * values that cannot be taken for one: an unknown username of digits would name another user.
     */
    String skipped() {
        return "select %s as user_id, r.line, o.outcome, %s as community_ids, %s as message%s\n"
                        .formatted(
                                userId(), CsvCells.ids("o.community_ids"), CsvCells.text("o.message"), furtherColumns())
                + FROM_ROWS
                + (run.namesSuccessors() ? "join fuse_batch.runs run on run.id = r.run_id\n" : "")
                + WHERE_THIS_RUN
                + "and o.outcome = any((select string_to_array(current_setting('fuse_users.skips'), ','))::text[])\n"
                + "order by r.line";
    }

    /**
     * The other columns that an input by these rows needs, so that it is checked as this one was. A row that a stray
     * quote has damaged holds nothing that is certain.
     */
    private String furtherColumns() {
        return (run.identifiedBy().size() > 1
                        ? ", %s as username, %s as email"
                                .formatted(CsvCells.text("r.username"), CsvCells.text("r.email"))
                        : "")
                + (run.statesActive()
                        ? ", case when r.active then 'true' when not r.active then 'false' end as active"
                        : "")
                + (run.namesSuccessors() ? ", " + successor() + " as transfer_admin_to" : "");
    }

    /** {@code removed-memberships.csv}: the memberships that the run removed, which a reactivation does not restore. */
    static String removedMemberships() {
        return """
                select user_id, unnest(removed_community_ids) as community_id
                from fuse_batch.run_outcomes
                where run_id = %s and removed_community_ids is not null
                order by line""".formatted(THIS_RUN);
    }

    /**
     * The ID of the user, or the one that the row holds for certain; otherwise a malformed value, unless it could be taken
     * for an ID. Null if there is none of these, but the empty value of a malformed row stays an empty text, which COPY
     * writes as {@code ""}.
     */
    private static String userId() {
        return """
                coalesce(o.user_id::text, case when r.swallowed is null then r.user_id::text end,
                         case when o.outcome = 'MALFORMED' and r.input !~ '^[0-9]+$' then coalesce(%s, '') end)""".formatted(CsvCells.text("r.input"));
    }

    /** A malformed row keeps its own cell; the option's successor is not filled in. */
    private static String successor() {
        return "case when r.successor is null and o.outcome <> 'MALFORMED' then run.transfer_admin_to::text else %s end"
                .formatted(CsvCells.text("r.successor"));
    }
}
