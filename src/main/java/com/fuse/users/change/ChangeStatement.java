package com.fuse.users.change;

import static java.util.stream.Collectors.joining;

/**
 * The one statement of a chunk: the steps, the accounts, the chunk's record and the outcomes. Its parts are constants
 * of the program; every value is a parameter.
 */
final class ChangeStatement {

    /** The step whose rows are kept on record one by one. */
    private static final String MEMBERSHIPS = "community_memberships";

    private ChangeStatement() {}

    /** Deletes, updates and records. */
    static String applying(Change change) {
        String deletions = change.deletions().stream()
                .map(step -> "%1$s as (delete from public.%1$s t where %2$s returning %3$s)"
                        .formatted(step.table(), step.condition(), returned(step)))
                .collect(joining(",\n"));
        String accounts =
                "accounts as (update public.users t set %s where t.id = any(:users))".formatted(change.updateAccount());
        String removed = """
                left join (
                    select user_id, array_agg(community_id order by community_id) as community_ids
                    from community_memberships
                    group by user_id
                ) removed using (user_id)
                """;
        return record(change, deletions + ",\n" + accounts, "removed.community_ids", removed);
    }

    /** Counts what {@link #applying} would delete, and records the same outcomes. */
    static String planning(Change change) {
        String counted = change.deletions().stream()
                .map(step -> "%1$s as (select from public.%1$s t where %2$s)".formatted(step.table(), step.condition()))
                .collect(joining(",\n"));
        return record(change, counted, "null", "");
    }

    private static String returned(Deletion step) {
        return step.table().equals(MEMBERSHIPS) ? "t.user_id, t.community_id" : "t.user_id";
    }

    private static String record(Change change, String steps, String removedCommunityIds, String removed) {
        String rowCounts = change.deletions().stream()
                .map(step -> "'%1$s', (select count(*) from %1$s)".formatted(step.table()))
                .collect(joining(", "));
        return """
                with %s,
                chunk as (
                    insert into fuse_batch.run_chunks (run_id, committed_at, user_count, deleted_rows)
                    values (:run, :now, cardinality(:lines), json_build_object(%s))
                )
                insert into fuse_batch.run_outcomes
                    (run_id, line, user_id, outcome, community_ids, message, decided_at, removed_community_ids)
                select :run, line, user_id, outcome, decided.community_ids::bigint[], message, :now, %s
                from unnest(:lines, :userIds, :outcomes, :communityIds, :messages)
                    as decided (line, user_id, outcome, community_ids, message)
                %s""".formatted(steps, rowCounts, removedCommunityIds, removed);
    }
}
