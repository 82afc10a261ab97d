package com.fuse.users.staging;

/**
 * The statement that finds the users of rows with several identifiers, and refuses rows whose identifiers do not all name
 * the same user (contract, section 5). The first identifier of a row decides; the others are compared ignoring case and
 * surrounding blanks. A username or an e-mail address that names another user by itself names that user.
 */
final class SeveralIdentifiers {

    /** The rows whose deciding identifier is of one kind, and the user whom it names, found by an index. */
    private static final String IDENTIFIED = """
            select r.line, r.successor, r.user_id as given_id, r.username, r.email,
                   u.id as found_id, u.username as found_username, u.email as found_email
            from fuse_batch.run_rows r
            left join public.users u on %s
            where r.run_id = :run and %s and %s
            """;

    /** Subqueries, because most rows do not need them, and a join would read all users even for a small input. */
    private static final String COMPARED = """
            select i.*,
                   case
                       when found_username = username then found_id
                       else coalesce((select u.id from public.users u where u.username = i.username),
                                     case when lower(btrim(found_username)) = lower(username) then found_id end)
                   end as username_id,
                   case
                       when lower(found_email) = lower(email) then found_id
                       else coalesce((select u.id from public.users u where lower(u.email) = lower(i.email)),
                                     case when lower(btrim(found_email)) = lower(email) then found_id end)
                   end as email_id
            from (
            %s) i
            """;

    private static final String AGREES = """
            select *,
                   case
                       when found_id is null then username_id is null and email_id is null
                       else (username is null or username_id is not distinct from found_id)
                            and (email is null or email_id is not distinct from found_id)
                   end as agrees
            from (
            %s) compared
            """;

    /** Only rows that are refused have more than a few bytes here, because the result is kept until all are read. */
    private static final String JUDGED = """
            select line, coalesce(given_id, found_id) as user_id, successor, agrees,
                   case when not agrees then
                       concat_ws(', ',
                           case when given_id is not null
                                then format('''%%s'' names %%s', :userIdHeading, coalesce('user ' || found_id, 'no user')) end,
                           case when username is not null
                                then format('''%%s'' names %%s', :usernameHeading, coalesce('user ' || username_id, 'no user')) end,
                           case when email is not null
                                then format('''%%s'' names %%s', :emailHeading, coalesce('user ' || email_id, 'no user')) end)
                   end as contradiction
            from (
            %s) compared
            """;

    private static final String MISMATCHES = """
            judged as materialized (
            %s),
            mismatches as (
                insert into fuse_batch.run_outcomes (run_id, line, outcome, message, decided_at)
                select :run, line, 'MISMATCH',
                       contradiction || '; correct the row, or let one column decide with --column', :now
                from judged
                where not agrees
            ),
            """;

    private static final String AGREEING =
            "select line, user_id, successor from judged where agrees and user_id is not null";

    private SeveralIdentifiers() {}

    /** @param usable the condition on {@code run_rows r} of the rows to look at */
    static String statement(String usable) {
        String identified = String.join(
                "union all\n",
                IDENTIFIED.formatted("u.id = r.user_id", usable, "r.user_id is not null"),
                IDENTIFIED.formatted("u.username = r.username", usable, "r.user_id is null and r.username is not null"),
                IDENTIFIED.formatted(
                        "lower(u.email) = lower(r.email)", usable, "r.user_id is null and r.username is null"));
        return FirstRows.statement(
                MISMATCHES.formatted(JUDGED.formatted(AGREES.formatted(COMPARED.formatted(identified)))), AGREEING);
    }
}
