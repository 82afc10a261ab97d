package com.fuse.users.deactivation;

import com.fuse.users.change.Deletion;
import com.fuse.users.change.Insertion;
import com.fuse.users.change.Step;
import java.util.List;

/**
 * "Transfer the community admin role to another user": the successor becomes admin, and member, of each community of
 * which the leaver is admin, and the leaver no longer is. Part of the leaver's own change.
 */
final class AdminTransfer {

    // Several leavers may hand one community to one successor.
    private static final String MISSING = """
            select distinct a.community_id, r.successor_id as user_id, :now::timestamptz
            from public.community_admins a
            join fuse_batch.run_users r on r.run_id = :run and r.user_id = a.user_id
            where a.user_id = any(:users)
              and not exists (
                  select from public.%s t where t.community_id = a.community_id and t.user_id = r.successor_id)""";

    static final List<Step> STEPS = List.of(
            new Insertion(
                    "community_admins", "community_id, user_id, granted_at", MISSING.formatted("community_admins")),
            new Insertion(
                    "community_memberships",
                    "community_id, user_id, joined_at",
                    MISSING.formatted("community_memberships")),
            Deletion.ofAll("community_admins"));

    /** Whether {@link Successors} would let the successor of {@code run_users r} take over. */
    static final String POSSIBLE = """
            exists (
                select from public.users s
                where s.id = r.successor_id and s.active
                  and not exists (
                      select from fuse_batch.run_users i where i.run_id = r.run_id and i.user_id = r.successor_id))""";

    private AdminTransfer() {}
}
