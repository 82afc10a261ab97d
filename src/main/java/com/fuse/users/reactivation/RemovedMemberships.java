package com.fuse.users.reactivation;

/**
 * The memberships that a run removed and its undo adds again, as SQL over {@code fuse_batch.run_users r} of the undo. Joins
 * by line, the key of outcomes: an undo has the lines of the run that it undoes. OFFSET makes the planner use that key,
 * although it has no statistics on the new rows yet.
 */
final class RemovedMemberships {

    /**
     * The communities of the user from which the undone run removed the user and which still exist, as {@code c.id}. A
     * membership that an earlier undo added again is left out: the user may have left the community since.
     */
    private static final String OF_USER = """
            from (
                select n.undone_run_id, o.removed_community_ids as ids
                from fuse_batch.runs n
                join fuse_batch.run_outcomes o on o.run_id = n.undone_run_id and o.line = r.line
                where n.id = r.run_id
                offset 0
            ) removed
            cross join lateral unnest(removed.ids) as community (id)
            join public.communities c on c.id = community.id
            where not exists (
                select from fuse_batch.runs e
                join fuse_batch.run_outcomes a on a.run_id = e.id and a.line = r.line
                where e.undone_run_id = removed.undone_run_id and e.id <> r.run_id and not e.dry_run
                  and c.id = any(a.added_community_ids))""";

    /** The query for the memberships to add, as rows of {@code user_id} and {@code community_id}. */
    static final String TO_ADD = """
            select r.user_id, missing.id
            from fuse_batch.run_users r
            cross join lateral (select c.id %s) missing
            where r.run_id = :run and r.user_id = any(:users)""".formatted(OF_USER);

    /**
     * The earlier undo that reactivated a user who has been active since; null if there is none. The platform keeps no
     * record of when a user was reactivated. But a deactivation removes the user from the global community, so who has
     * been its member since the undo has been active since.
     */
    static final String EARLIER_UNDO = """
            (select max(e.id)
             from fuse_batch.runs n
             join fuse_batch.runs e on e.undone_run_id = n.undone_run_id and e.id <> n.id and not e.dry_run
             join fuse_batch.run_outcomes a on a.run_id = e.id and a.line = r.line and a.outcome = 'REACTIVATED'
             join public.communities g on g.is_global
             join public.community_memberships m
                 on m.user_id = r.user_id and m.community_id = g.id and m.joined_at <= a.decided_at
             where n.id = r.run_id)""";

    /** Whether something is left to add for the user. */
    static final String INCOMPLETE = """
            exists (
                select %s
                  and not exists (
                      select from public.community_memberships m where m.user_id = r.user_id and m.community_id = c.id))""".formatted(OF_USER);

    private RemovedMemberships() {}
}
