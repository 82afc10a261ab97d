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

    /** Enough for a person; removed-memberships.csv has all. */
    public static final int SHOWN = 10;

    /** No memberships. */
    static final CommunityCounts NONE = new CommunityCounts(0, 0, List.of());

    /**
     * The memberships of one community.
     *
     * @param global whether it is the community of all users
     */
    public record InCommunity(long communityId, long memberships, boolean global) {}

    /** The global community, if it is among those with the most memberships: its memberships tell only the users. */
    public List<InCommunity> global() {
        return most.stream().filter(InCommunity::global).toList();
    }

    /** The first {@link #SHOWN} of the other communities. */
    public List<InCommunity> shown() {
        return most.stream()
                .filter(community -> !community.global())
                .limit(SHOWN)
                .toList();
    }

    /** The communities that are neither global nor shown, and the sum of their memberships; empty if there are none. */
    public Map<String, Long> others() {
        long named = shown().size() + global().size();
        return communities == named
                ? Map.of()
                : Map.of(
                        Counts.of(communities - named, "other"),
                        memberships - memberships(shown()) - memberships(global()));
    }

    /** Memberships by the name of the community, for people. */
    public Map<String, Long> byName() {
        Map<String, Long> rows = new LinkedHashMap<>();
        global().forEach(community -> rows.put("global community " + community.communityId(), community.memberships()));
        shown().forEach(community -> rows.put("community " + community.communityId(), community.memberships()));
        rows.putAll(others());
        return rows;
    }

    private static long memberships(List<InCommunity> communities) {
        return communities.stream().mapToLong(InCommunity::memberships).sum();
    }
}
