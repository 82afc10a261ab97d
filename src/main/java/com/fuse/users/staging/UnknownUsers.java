package com.fuse.users.staging;

import com.fuse.users.input.Identifier;
import com.fuse.users.input.InputFormat;
import com.fuse.users.staging.RowSource.Staging;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records the rows whose username or e-mail address no user has: those that are left when all other rows have an outcome
 * or are in {@code run_users}. The message names a user who has one that differs only in case or in its Unicode form,
 * because the row probably means that user.
 */
final class UnknownUsers {

    private static final String LEFT = """
            select (select count(*) from fuse_batch.run_rows where run_id = :run)
                   > (select count(*) from fuse_batch.run_outcomes where run_id = :run)
                     + (select count(*) from fuse_batch.run_users where run_id = :run)
            """;

    /** No index finds a similar user, so all users are read, once: a loop would read them once per row. */
    private static final String NO_LOOPS = "set local enable_nestloop = off";

    private static final String LOOPS = "set local enable_nestloop to default";

    /** A text without these differences. To normalize ASCII would be a waste, and only UTF-8 can be normalized. */
    private static final String FOLDED = """
            case when octet_length(%1$s) = length(%1$s) or getdatabaseencoding() <> 'UTF8' then lower(%1$s)
                 else lower(normalize(%1$s)) end""";

    private static final String SIMILAR = """
            select n.line, u.id,
                   case when lower(u.%1$s) = lower(n.input) then 'case'
                        when normalize(u.%1$s) = normalize(n.input) then 'its Unicode form'
                        else 'case and its Unicode form' end as difference
            from unknown n
            join public.users u on %2$s = %3$s
            where n.line = n.first_line and n.kind = '%4$s'""";

    private static final String INSERT = """
            with unknown as materialized (
                select line, input, shown, kind, min(line) over (partition by kind, name) as first_line
                from (
                    select r.*, case when r.kind = '%1$s' then lower(r.input) else r.input end as name
                    from (select *, %2$s as kind from fuse_batch.run_rows) r
                    where r.run_id = :run
                      and not exists (
                          select from fuse_batch.run_outcomes o where o.run_id = r.run_id and o.line = r.line)
                      and not exists (
                          select from fuse_batch.run_users t where t.run_id = r.run_id and t.line = r.line)
                ) named
            ),
            similar_users as (
                select distinct on (line) line, id, difference
                from (
                    %3$s
                    union all
                    %4$s and octet_length(n.input) <> length(n.input)
                ) similar_to
                order by line, id
            )
            insert into fuse_batch.run_outcomes (run_id, line, outcome, message, decided_at)
            select :run, n.line, case when n.line = first_line then 'NOT_FOUND' else 'DUPLICATE' end,
                   case when n.line = first_line
                        then format('no user has this %%s: %%s', kind, coalesce(shown, left(input, 100)))
                             || coalesce(format('; user %%s has one that differs only in ', s.id) || s.difference, '')
                        else format('line %%s names the same unknown user', first_line) end,
                   :now
            from unknown n
            left join similar_users s on s.line = n.line
            """;

    private final Staging staging;
    private final InputFormat format;

    UnknownUsers(Staging staging, InputFormat format) {
        this.staging = staging;
        this.format = format;
    }

    /** Records them, after all others. */
    void record() {
        JdbcClient jdbc = staging.jdbc();
        long run = staging.run().id();
        if (!jdbc.sql(LEFT).param("run", run).query(Boolean.class).single()) {
            return;
        }
        jdbc.sql(NO_LOOPS).update();
        jdbc.sql(INSERT.formatted(
                        Identifier.EMAIL.label(),
                        kind(),
                        similar("username", Identifier.USERNAME),
                        similar("email", Identifier.EMAIL)))
                .param("run", run)
                .param("now", staging.now())
                .update();
        jdbc.sql(LOOPS).update();
    }

    /** The kind of the identifier that decides on the row, over {@code run_rows}. */
    private String kind() {
        return format.identifiers().size() == 1
                ? "'%s'".formatted(format.identifiers().get(0).label())
                : "case when username is null then '%s' else '%s' end"
                        .formatted(Identifier.EMAIL.label(), Identifier.USERNAME.label());
    }

    private static String similar(String column, Identifier identifier) {
        return SIMILAR.formatted(
                column, FOLDED.formatted("u." + column), FOLDED.formatted("n.input"), identifier.label());
    }
}
