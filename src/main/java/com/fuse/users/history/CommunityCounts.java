package com.fuse.users.history;

import java.util.List;

/**
 * Memberships that a run removed or added, summed by community.
 *
 * @param memberships in all communities
 * @param communities how many there are
 * @param most those with the most memberships, these first; of equals the lower ID
 */
public record CommunityCounts(long memberships, long communities, List<InCommunity> most) {

    /** None at all. */
    static final CommunityCounts NONE = new CommunityCounts(0, 0, List.of());

    /** The memberships of one community. */
    public record InCommunity(long communityId, long memberships) {}

    /** The communities that are not among {@link #most}. */
    public long otherCommunities() {
        return communities - most.size();
    }

    /** Their memberships. */
    public long otherMemberships() {
        return memberships - most.stream().mapToLong(InCommunity::memberships).sum();
    }
}
