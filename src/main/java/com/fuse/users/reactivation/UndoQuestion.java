package com.fuse.users.reactivation;

import com.fuse.users.text.Counts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What an undo does and does not restore, as the question before its first write.
 *
 * @param reactivated the users to reactivate
 * @param completed the active users who only get memberships back
 * @param elsewhere the memberships that are not restored without {@code --with-memberships}
 * @param gone the memberships that are not restored, because the community no longer exists
 * @param unfinished whether the undone run can still be resumed
 */
record UndoQuestion(long undoneRunId, long reactivated, long completed, long elsewhere, long gone, boolean unfinished) {

    private static final String SELECT = """
            select :undone::bigint as undone_run_id,
                   count(*) filter (where not u.active) as reactivated,
                   count(*) filter (where u.active) as completed,
                   coalesce(sum(lost.elsewhere), 0)::bigint as elsewhere,
                   coalesce(sum(lost.gone), 0)::bigint as gone,
                   (select ended_at is null from fuse_batch.runs where id = :undone) as unfinished
            from fuse_batch.run_users r
            join public.users u on u.id = r.user_id
            cross join lateral (
                select count(*) filter (where c.id is null) as gone,
                       count(*) filter (where not c.is_global and not :withMemberships) as elsewhere
                from (
                    select removed_community_ids as ids from fuse_batch.run_outcomes
                    where run_id = :undone and line = r.line
                    offset 0
                ) removed
                cross join lateral unnest(removed.ids) as community (id)
                left join public.communities c on c.id = community.id
            ) lost
            where r.run_id = :run and (%s)
            """;

    /** @param eligible the condition for changing a user */
    static UndoQuestion of(Undo undo, long run, String eligible, JdbcClient jdbc) {
        return jdbc.sql(SELECT.formatted(eligible))
                .param("undone", undo.undoneRunId())
                .param("withMemberships", undo.withMemberships())
                .param("run", run)
                .query(UndoQuestion.class)
                .single();
    }

    /** In sentences, of which the last is the question and names the database; null if the undo changes nothing. */
    @Nullable
    String text(String database) {
        StringBuilder text = new StringBuilder();
        if (reactivated > 0) {
            text.append("Not restored by any undo: %s.%n".formatted(Undo.NEVER_RESTORED));
        }
        if (unfinished) {
            text.append("Run %d is not finished; it ends and can never be resumed. ".formatted(undoneRunId));
        }
        if (elsewhere > 0) {
            text.append("%s will not be restored; --with-memberships restores %s, also later. "
                    .formatted(Counts.of(elsewhere, "membership"), elsewhere == 1 ? "it" : "them"));
        }
        if (gone > 0) {
            text.append("%s will not be restored, because the community is gone. "
                    .formatted(Counts.of(gone, "membership")));
        }
        if (reactivated == 0 && completed == 0) {
            return unfinished ? text + "It has no users to reactivate. End it on " + database + "?" : null;
        }
        String completing = "the memberships of %s who %s active again"
                .formatted(Counts.of(completed, "user"), completed == 1 ? "is" : "are");
        if (reactivated == 0) {
            return text + "Restore " + completing + " on " + database + "?";
        }
        return text + "Reactivate " + Counts.of(reactivated, "user") + " on " + database
                + (completed == 0 ? "?" : ", and restore " + completing + "?");
    }
}
