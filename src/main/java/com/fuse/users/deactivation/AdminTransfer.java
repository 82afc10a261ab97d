package com.fuse.users.deactivation;

import com.fuse.users.tables.Deletion;
import com.fuse.users.tables.Insertion;
import com.fuse.users.tables.NotBack;
import com.fuse.users.tables.TableChange;
import java.util.List;

/**
 * "Transfer the community admin role to another user": the successor becomes admin and member of each community of the
 * leaver, and the leaver is no longer its admin. Part of the leaver's own change.
 */
final class AdminTransfer {

    // Distinct, because several leavers may hand one community to one successor.
    private static final String HANDED_OVER = """
            select distinct r.successor_id as user_id, a.community_id
            from public.community_admins a
            join fuse_batch.run_users r on r.run_id = :run and r.user_id = a.user_id
            where a.user_id = any(:users)""";

    private static final String HANDED_OVER_BY_THE_FIRST = HANDED_OVER + """
             and not exists (
                select from public.community_admins b
                join fuse_batch.run_users f on f.run_id = :run and f.user_id = b.user_id
                join public.users u on u.id = b.user_id
                where b.community_id = a.community_id and f.successor_id = r.successor_id
                  and f.user_id < r.user_id and u.active)""";

    /** After the change only its outcome tells which roles the leaver had. */
    private static final String TAKEN_OVER = """
            select r.user_id, r.successor_id as owner_id, c.community_id
            from fuse_batch.run_users r
            cross join lateral (
                select o.community_ids
                from fuse_batch.run_outcomes o
                where o.run_id = r.run_id and o.line = r.line
                offset 0
            ) outcome
            cross join lateral unnest(outcome.community_ids) as c (community_id)
            where r.run_id = :run and r.user_id = any(:users)""";

    /** Deletes the roles that the leaver hands over. */
    static final Deletion HANDED_OVER_ROLES = Deletion.ofAll("community_admins")
            .notBack(NotBack.never("Admin roles stay with those who took them over."));

    /** All table changes of a transfer. */
    static final List<TableChange> TABLES = List.of(
            toSuccessors("community_admins", "granted_at"),
            toSuccessors("community_memberships", "joined_at"),
            HANDED_OVER_ROLES);

    /**
     * Whether the successor of {@code run_users r} can take over. Must agree with {@link Successors}; the oracle test
     * compares the two.
     */
    static final String POSSIBLE = """
            exists (
                select from public.users s
                where s.id = r.successor_id and s.active
                  and not exists (
                      select from fuse_batch.run_users i where i.run_id = r.run_id and i.user_id = r.successor_id))""";

    private AdminTransfer() {}

    private static Insertion toSuccessors(String table, String time) {
        return new Insertion(table, "community_id", time, HANDED_OVER, HANDED_OVER_BY_THE_FIRST, TAKEN_OVER, null);
    }
}
