package com.fuse.users.tables;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows by table, in the order of the change's tables.
 *
 * @param deleted by table
 * @param added by table
 */
public record RowCounts(Map<String, Long> deleted, Map<String, Long> added) {

    /** The sum of both. */
    public RowCounts plus(RowCounts others) {
        return new RowCounts(sum(deleted, others.deleted), sum(added, others.added));
    }

    private static Map<String, Long> sum(Map<String, Long> some, Map<String, Long> others) {
        Map<String, Long> sum = new LinkedHashMap<>(some);
        others.forEach((table, rows) -> sum.merge(table, rows, Long::sum));
        return sum;
    }
}
