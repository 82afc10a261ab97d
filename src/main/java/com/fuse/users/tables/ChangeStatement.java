package com.fuse.users.tables;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The statements of a change. Their parts are constants of the program; every value is a parameter. */
public final class ChangeStatement {

    private ChangeStatement() {}

    /** The one statement of a chunk: it changes the tables and the accounts, and records the chunk and its outcomes. */
    public static String applying(Change change) {
        Stream<String> tables = change.tables().stream().map(table -> as(table.name(), table.statement()));
        Stream<String> accounts =
                Stream.ofNullable(change.account()).map(account -> as("accounts", account.statement()));
        return record(change, Stream.concat(tables, accounts).collect(joining(",\n")), change.tables());
    }

    /** Counts what {@link #applying} would delete and add, and records the same outcomes, but no deleted IDs. */
    public static String planning(Change change) {
        return record(change, counted(change), change.insertions());
    }

    /** Counts what {@link #applying} would delete and add: rows of {@code kind}, {@code table} and {@code rows}. */
    public static String counting(Change change) {
        return "with %s\n%s"
                .formatted(
                        counted(change),
                        change.tables().stream()
                                .map(table -> "select '%s' as kind, '%s' as table, count(*) as rows from %s"
                                        .formatted(table.privilege(), table.table(), table.name()))
                                .collect(joining("\nunion all\n")));
    }

    /**
     * What the database made of the change, read after it and after all triggers: {@code user_id} and {@code table_name}
     * where something of the change is missing; {@code user_id} and {@code deactivated_at} where a trigger wrote another
     * time. In the normal case there are no rows.
     */
    public static String checking(Change change) {
        Stream<String> account = Stream.ofNullable(change.account()).map(AccountChange::deviating);
        Stream<String> tables = change.tables().stream()
                .map(table -> "select user_id, '%s', null::timestamptz from (%s) %s"
                        .formatted(table.table(), table.leftInPlace(), table.name()));
        return "select user_id, table_name, deactivated_at from (%s) deviation (user_id, table_name, deactivated_at)"
                .formatted(Stream.concat(account, tables).collect(joining("\nunion all\n")));
    }

    /**
     * Whether {@link #checking} is needed: the platform has a trigger, a rule or a table of another kind, which may
     * interfere. Otherwise the server does what the statement says. Executed after the change: the transaction has locked
     * the tables, so nobody has added or removed a trigger since.
     */
    public static String interfering(Change change) {
        return """
                select exists (
                    select from pg_catalog.pg_trigger
                    where tgrelid in (%1$s) and not tgisinternal
                      and tgfoid not in (
                        'public.refuse_inactive_users'::regproc, 'public.refuse_inactive_grantees'::regproc,
                        'public.refuse_inactive_admins'::regproc)
                ) or exists (
                    select from pg_catalog.pg_class
                    where oid in (%1$s) and (relkind <> 'r' or relhasrules or relhassubclass)
                )""".formatted(
                        tables(change).map("'public.%s'::regclass"::formatted).collect(joining(", ")));
    }

    /** The tables that the change writes. */
    public static Stream<String> tables(Change change) {
        return Stream.concat(
                        Stream.ofNullable(change.account()).map(account -> "users"),
                        change.tables().stream().map(TableChange::table))
                .distinct();
    }

    private static String counted(Change change) {
        return change.tables().stream()
                .map(table -> as(table.name(), table.rows()))
                .collect(joining(",\n"));
    }

    private static String record(Change change, String tables, List<? extends TableChange> recording) {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        StringBuilder joins = new StringBuilder();
        for (TableChange table : recording) {
            RecordedIds recorded = table.recorded();
            if (recorded != null) {
                columns.add(", " + recorded.column());
                values.add(", of_%s.ids".formatted(table.name()));
                joins.append("""

                        left join (
                            select user_id, array_agg(%1$s order by %1$s) as ids from %2$s group by user_id
                        ) of_%2$s using (user_id)""".formatted(recorded.id(), table.name()));
            }
        }
        return """
                with %s,
                chunk as (
                    insert into fuse_batch.run_chunks
                        (run_id, attempt, committed_at, user_count, deleted_rows, added_rows)
                    values (:run, :attempt, :now, cardinality(:lines), json_build_object(%s), json_build_object(%s))
                )
                insert into fuse_batch.run_outcomes
                    (run_id, line, user_id, outcome, community_ids, message, decided_at%s)
                select :run, line, user_id, outcome, decided.community_ids::bigint[], message, :now%s
                from unnest(:lines, :userIds, :outcomes, :communityIds, :messages)
                    as decided (line, user_id, outcome, community_ids, message)%s""".formatted(
                        tables,
                        counts(change.deletions()),
                        counts(change.insertions()),
                        String.join("", columns),
                        String.join("", values),
                        joins);
    }

    private static String counts(List<? extends TableChange> tables) {
        return tables.stream()
                .map(table -> "'%s', (select count(*) from %s)".formatted(table.table(), table.name()))
                .collect(joining(", "));
    }

    private static String as(String name, String query) {
        return "%s as (%s)".formatted(name, query);
    }
}
