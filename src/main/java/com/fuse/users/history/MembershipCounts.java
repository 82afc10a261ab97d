package com.fuse.users.history;

import com.fuse.users.history.CommunityCounts.InCommunity;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts the memberships that are recorded with the outcomes of a run, by community. */
record MembershipCounts(JdbcClient jdbc) {

    private static final int MOST_COMMUNITIES = 20;

    private static final String SELECT = """
            select community_id, memberships, sum(memberships) over ()::bigint as all_memberships,
                   count(*) over () as communities,
                   community_id is not distinct from (
                       select global_community_id from fuse_batch.runs where id = :run) as is_global
            from (
                select community_id, count(*) as memberships
                from (
                    select unnest(%s) as community_id from fuse_batch.run_outcomes where run_id = :run
                ) each_membership
                group by community_id
            ) counted
            order by memberships desc, community_id
            limit :most
            """;

    private static final String REMOVED = SELECT.formatted("removed_community_ids");
    private static final String ADDED = SELECT.formatted("added_community_ids");

    CommunityCounts removed(long runId) {
        return counts(REMOVED, runId);
    }

    CommunityCounts added(long runId) {
        return counts(ADDED, runId);
    }

    private CommunityCounts counts(String query, long runId) {
        List<Row> rows = jdbc.sql(query)
                .param("run", runId)
                .param("most", MOST_COMMUNITIES)
                .query((row, number) -> new Row(
                        new InCommunity(
                                row.getLong("community_id"), row.getLong("memberships"), row.getBoolean("is_global")),
                        row.getLong("all_memberships"),
                        row.getLong("communities")))
                .list();
        return rows.isEmpty()
                ? CommunityCounts.NONE
                : new CommunityCounts(
                        rows.get(0).allMemberships(),
                        rows.get(0).communities(),
                        rows.stream().map(Row::community).toList());
    }

    private record Row(InCommunity community, long allMemberships, long communities) {}
}
