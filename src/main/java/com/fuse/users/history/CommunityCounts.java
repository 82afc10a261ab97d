package com.fuse.users.history;

import com.fuse.users.text.Counts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Memberships that a run removed or added, counted by community.
 *
 * @param memberships in all communities
 * @param communities how many communities there are
 * @param most the communities with the most memberships, in descending order, then by ID
 */
public record CommunityCounts(long memberships, long communities, List<InCommunity> most) {

    /** No memberships. */
    static final CommunityCounts NONE = new CommunityCounts(0, 0, List.of());

    /** The memberships of one community. */
    public record InCommunity(long communityId, long memberships) {}

    /**
     * Memberships by the community's ID, followed by the sum of the others, such as "3 others".
     *
     * @param prefix in front of each ID
     * @param most how many communities have a line of their own
     */
    public Map<String, Long> byCommunity(String prefix, int most) {
        Map<String, Long> rows = new LinkedHashMap<>();
        long others = memberships;
        for (InCommunity community : this.most.subList(0, Math.min(most, this.most.size()))) {
            rows.put(prefix + community.communityId(), community.memberships());
            others -= community.memberships();
        }
        if (communities > rows.size()) {
            rows.put(Counts.of(communities - rows.size(), "other"), others);
        }
        return rows;
    }
}
