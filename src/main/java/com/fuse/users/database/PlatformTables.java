package com.fuse.users.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The platform's tables and views in schema public, compared with those that the first migration creates. The comparison
 * applies this migration in the session's temporary schema and rolls it back, so it compares catalog with catalog.
 *
 * <p>The platform's tables may have more columns, indexes and constraints, and there may be more tables.
 */
final class PlatformTables {

    /** The schema in which the first migration creates its tables. */
    static final String PLACEHOLDER = "platform";

    static final String SCHEMA = "public";

    private static final ClassPathResource REFERENCE = new ClassPathResource("db/migration/V1__platform_tables.sql");

    private static final Pattern TABLE = Pattern.compile("(?m)^create table (\\w+)");

    private static final String EXIST = """
            select exists (
                select from pg_class wanted
                join pg_class found on found.relname = wanted.relname and found.relnamespace = 'public'::regnamespace
                where wanted.relnamespace = pg_my_temp_schema() and wanted.relkind in ('r', 'v'))
            """;

    /**
     * A line per difference. A key is the same in any order of its columns. A key of a generated ID is not needed,
     * because the job never looks a row up by it. The job inserts rows into three tables, and gives a value to no column
     * but those of the reference. The guards of an earlier installation stay, if they are still what they were.
     */
    private static final String DIFFERENCES = """
            with relation as (
                select wanted.oid as wanted, found.oid as found, wanted.relname as name, found.relowner as owner,
                       case wanted.relkind when 'v' then 'view' else 'table' end as kind,
                       case when found.relkind in ('r', 'p') then 'table'
                            when found.relkind = 'v' then 'view'
                            when found.relkind is not null then 'relation of another kind' end as found_kind
                from pg_class wanted
                left join pg_class found
                    on found.relname = wanted.relname and found.relnamespace = 'public'::regnamespace
                where wanted.relnamespace = pg_my_temp_schema() and wanted.relkind in ('r', 'v')
            ),
            same_kind as (
                select * from relation where found_kind = kind
            ),
            attribute as (
                select a.attrelid, a.attnum, a.attname as name, a.attidentity <> '' as identity,
                       a.attnotnull and not a.atthasdef and a.attidentity = '' as needs_value,
                       concat(format_type(a.atttypid, a.atttypmod),
                              case when not c.collisdeterministic then format(' collate %I', c.collname) end,
                              case when a.attgenerated <> '' then ' generated' end,
                              case when a.attnotnull then ' not null' end) as type
                from pg_attribute a
                left join pg_collation c on c.oid = a.attcollation
                where a.attnum > 0 and not a.attisdropped
                  and a.attrelid in (select unnest(array[wanted, found]) from relation)
            ),
            key as (
                select i.indrelid, array_agg(a.name order by a.name) as columns, bool_or(a.identity) as of_identity
                from pg_index i
                join attribute a
                    on a.attrelid = i.indrelid and a.attnum = any ((i.indkey::smallint[])[0:i.indnkeyatts - 1])
                where i.indisunique and i.indisvalid and i.indimmediate
                  and i.indpred is null and i.indexprs is null
                group by i.indrelid, i.indexrelid
            )
            select line
            from (
                select wanted, 0 as place, format('public.%s is missing; it must be a %s', name, kind) as line
                from relation
                where found is null
                union all
                select wanted, 0, format('public.%s is a %s; it must be a %s', name, found_kind, kind)
                from relation
                where found_kind <> kind
                union all
                select wanted, 0, format('public.%s belongs to the role %s; this login must be a member of it', name, owner::regrole)
                from same_kind
                where kind = 'table' and not pg_has_role(owner, 'usage')
                union all
                select r.wanted, w.attnum,
                       format('public.%s.%s is %s; it must be %s', r.name, w.name, coalesce(f.type, 'missing'), w.type)
                from same_kind r
                join attribute w on w.attrelid = r.wanted
                left join attribute f on f.attrelid = r.found and f.name = w.name
                where f.type is distinct from w.type
                union all
                select r.wanted, f.attnum,
                       format('public.%s.%s is not null without a default; the job inserts rows without it', r.name, f.name)
                from same_kind r
                join attribute f on f.attrelid = r.found and f.needs_value
                where r.name in ('certificates', 'community_admins', 'community_memberships')
                  and not exists (
                      select from attribute w where w.attrelid = r.wanted and w.name = f.name and not w.identity)
                union all
                select r.wanted, 10000,
                       format('public.%s has no primary key or unique constraint on (%s), or only a deferrable one',
                              r.name, array_to_string(w.columns, ', '))
                from same_kind r
                join key w on w.indrelid = r.wanted and not w.of_identity
                where not exists (select from key f where f.indrelid = r.found and f.columns = w.columns)
                union all
                select null, 0, format('public.%s is something else than the guard of this name; rename it', g.name)
                from (values
                    ('users_email_any_case',
                     'CREATE UNIQUE INDEX users_email_any_case ON public.users USING btree (lower(email))'),
                    ('communities_one_global',
                     'CREATE UNIQUE INDEX communities_one_global ON public.communities USING btree (is_global)'
                         ' WHERE is_global')
                ) g (name, definition)
                join pg_class c on c.relname = g.name and c.relnamespace = 'public'::regnamespace
                where pg_get_indexdef(c.oid) is distinct from g.definition
            ) difference
            order by wanted, place, line
            """;

    /** Rows that prevent the creation of a guard, or that the job could not treat as one user or one community. */
    private static final String BROKEN_RULES = """
            select format('public.users has %s e-mail addresses that several users share in upper or lower case, such as of users %s',
                          count(*), (array_agg(ids order by ids))[1])
            from (
                select string_agg(id::text, ', ' order by id) as ids
                from public.users
                where email is not null
                group by lower(email)
                having count(*) > 1
            ) shared
            having count(*) > 0
            union all
            select format('public.users has %s users whose deactivated_at does not say whether they are active, such as user %s',
                          count(*), min(id))
            from public.users
            where active <> (deactivated_at is null)
            having count(*) > 0
            union all
            select format('public.communities has %s global communities (%s); there must be one',
                          count(*), string_agg(id::text, ', ' order by id))
            from public.communities
            where is_global
            having count(*) > 1
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /** @param owner connections of the role that owns the tables */
    PlatformTables(DataSource owner) {
        jdbc = JdbcClient.create(owner);
        transaction = new TransactionTemplate(new JdbcTransactionManager(owner));
    }

    /**
     * Compares the platform's tables, and their rows if the tables are as they must be. Changes nothing.
     *
     * @return a line per difference; empty if none of the tables exists yet, so that they can be created
     */
    Optional<List<String>> differences() {
        return Objects.requireNonNull(transaction.execute(status -> {
            status.setRollbackOnly();
            jdbc.sql(reference()).update();
            if (!jdbc.sql(EXIST).query(Boolean.class).single()) {
                return Optional.empty();
            }
            List<String> differences = lines(DIFFERENCES);
            return Optional.of(differences.isEmpty() ? lines(BROKEN_RULES) : differences);
        }));
    }

    /** The names of the platform's tables, without its views. */
    static List<String> names() {
        return TABLE.matcher(reference()).results().map(table -> table.group(1)).toList();
    }

    private List<String> lines(String query) {
        return jdbc.sql(query).query(String.class).list();
    }

    private static String reference() {
        try {
            return REFERENCE.getContentAsString(StandardCharsets.UTF_8).replace("${" + PLACEHOLDER + "}", "pg_temp");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
