package com.fuse.users.report;

import com.fuse.users.history.CommunityCounts;
import com.fuse.users.history.CommunityCounts.InCommunity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A row of a table with a bar.
 *
 * @param percent of the total, or of the longest bar
 * @param drawn whether it has a bar: the sum of others would make all single bars short
 */
record Bar(String name, long rows, double percent, boolean drawn) {

    private static final double PERCENT = 100;

    /** So that a bar that is not zero stays visible. */
    private static final double LEAST_WIDTH = 0.4;

    /** In proportion to the longest of them. */
    static List<Bar> of(Map<String, Long> rows) {
        return of(rows, rows.values().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    /** In proportion to the whole. */
    static List<Bar> of(Map<String, Long> rows, long whole) {
        List<Bar> bars = new ArrayList<>();
        rows.forEach((name, count) -> bars.add(new Bar(name, count, PERCENT * count / Math.max(1, whole), true)));
        return bars;
    }

    /** The communities that are shown by name, in proportion to the largest of them, and the sum of the others. */
    static List<Bar> ofCommunities(CommunityCounts counts) {
        List<Bar> bars = new ArrayList<>();
        List<InCommunity> shown = counts.shown();
        shown.forEach(community -> bars.add(new Bar(
                String.valueOf(community.communityId()),
                community.memberships(),
                PERCENT * community.memberships() / shown.get(0).memberships(),
                true)));
        counts.others().forEach((name, memberships) -> bars.add(new Bar(name, memberships, 0, false)));
        return bars;
    }

    String width() {
        return String.format(Locale.ROOT, "%.2f", rows == 0 ? 0 : Math.max(LEAST_WIDTH, percent));
    }

    String share() {
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }
}
