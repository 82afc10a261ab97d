package com.fuse.users.change;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The statements that a change makes. Their parts are constants of the program; every value is a parameter.
 */
final class ChangeStatement {

    private ChangeStatement() {}

    /** The one statement of a chunk: the steps, the accounts, the chunk's record and the outcomes. */
    static String applying(Change change) {
        Stream<String> steps = change.steps().stream().map(step -> as(step.name(), step.statement()));
        Stream<String> accounts = Stream.ofNullable(change.updateAccount())
                .map(update ->
                        as("accounts", "update public.users t set %s where t.id = any(:users)".formatted(update)));
        return record(change, Stream.concat(steps, accounts).collect(joining(",\n")), true);
    }

    /** Counts what {@link #applying} would delete and add, and records the same outcomes. */
    static String planning(Change change) {
        return record(change, counted(change), false);
    }

    /** Counts what {@link #applying} would delete and add: rows of {@code kind}, {@code table} and {@code rows}. */
    static String counting(Change change) {
        return "with %s\n%s"
                .formatted(
                        counted(change),
                        change.steps().stream()
                                .map(step -> "select '%s' as kind, '%s' as table, count(*) as rows from %s"
                                        .formatted(step.privilege(), step.table(), step.name()))
                                .collect(joining("\nunion all\n")));
    }

    private static String counted(Change change) {
        return change.steps().stream().map(step -> as(step.name(), step.rows())).collect(joining(",\n"));
    }

    private static String record(Change change, String steps, boolean applied) {
        boolean keepsRecord = applied && change.deletions().stream().anyMatch(Deletion::keepsRecord);
        return """
                with %s,
                chunk as (
                    insert into fuse_batch.run_chunks (run_id, committed_at, user_count, deleted_rows, added_rows)
                    values (:run, :now, cardinality(:lines), json_build_object(%s), json_build_object(%s))
                )
                insert into fuse_batch.run_outcomes
                    (run_id, line, user_id, outcome, community_ids, message, decided_at, removed_community_ids)
                select :run, line, user_id, outcome, decided.community_ids::bigint[], message, :now, %s
                from unnest(:lines, :userIds, :outcomes, :communityIds, :messages)
                    as decided (line, user_id, outcome, community_ids, message)
                %s""".formatted(
                        steps,
                        counts(change.deletions()),
                        counts(change.insertions()),
                        keepsRecord ? "removed.community_ids" : "null",
                        keepsRecord ? removed(change) : "");
    }

    private static String removed(Change change) {
        Function<Deletion, String> query = step -> """
                left join (
                    select user_id, array_agg(community_id order by community_id) as community_ids
                    from %s
                    group by user_id
                ) removed using (user_id)
                """.formatted(step.name());
        return change.deletions().stream()
                .filter(Deletion::keepsRecord)
                .map(query)
                .collect(joining());
    }

    private static String counts(List<? extends Step> steps) {
        return steps.stream()
                .map(step -> "'%s', (select count(*) from %s)".formatted(step.table(), step.name()))
                .collect(joining(", "));
    }

    private static String as(String name, String query) {
        return "%s as (%s)".formatted(name, query);
    }
}
