package com.fuse.users.staging;

import com.fuse.users.input.Identifier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds to the message of an unknown username or e-mail address the user who has one that differs only in case or in its
 * Unicode form: the row probably means that user.
 */
record SimilarUsers(JdbcClient jdbc, long runId) {

    private static final String ARE_UNKNOWN = """
            select exists (select from fuse_batch.run_outcomes where run_id = :run and outcome = 'NOT_FOUND')
            """;

    /** No index can find such a user, so all users are read, once: a loop would read them once per row. */
    private static final String NO_LOOPS = "set local enable_nestloop = off";

    private static final String LOOPS = "set local enable_nestloop to default";

    /** A text without these differences. To normalize ASCII would be a waste, and only UTF-8 can be normalized. */
    private static final String FOLDED = """
            case when octet_length(%1$s) = length(%1$s) or getdatabaseencoding() <> 'UTF8' then lower(%1$s)
                 else lower(normalize(%1$s)) end""";

    private static final String MENTION = """
            update fuse_batch.run_outcomes o
            set message = o.message || format('; user %%s has one that differs only in %%s', similar_user.id, difference)
            from (
                select distinct on (r.line) r.line, u.id,
                       case when lower(u.%1$s) = lower(r.input) then 'case'
                            when normalize(u.%1$s) = normalize(r.input) then 'its Unicode form'
                            else 'case and its Unicode form' end as difference
                from fuse_batch.run_rows r
                join fuse_batch.run_outcomes n on n.run_id = r.run_id and n.line = r.line and n.outcome = 'NOT_FOUND'
                join public.users u on %2$s = %3$s
                where r.run_id = :run and %4$s
                order by r.line, u.id
            ) similar_user
            where o.run_id = :run and o.line = similar_user.line
            """;

    /** An e-mail address of ASCII was compared in any case before. */
    private static final String BEYOND_ASCII = "octet_length(r.input) <> length(r.input)";

    /**
     * Mentions them.
     *
     * @param identifier the kind of the unknown identifiers
     * @param rows the condition on {@code run_rows r} of the rows that such an identifier decides
     */
    void mention(Identifier identifier, String rows) {
        if (!jdbc.sql(ARE_UNKNOWN).param("run", runId).query(Boolean.class).single()) {
            return;
        }
        boolean email = identifier == Identifier.EMAIL;
        String column = email ? "email" : "username";
        jdbc.sql(NO_LOOPS).update();
        jdbc.sql(MENTION.formatted(
                        column,
                        FOLDED.formatted("u." + column),
                        FOLDED.formatted("r.input"),
                        email ? rows + " and " + BEYOND_ASCII : rows))
                .param("run", runId)
                .update();
        jdbc.sql(LOOPS).update();
    }
}
