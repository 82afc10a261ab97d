package com.fuse.users.change;

import com.fuse.users.tables.RowCounts;
import java.util.Map;

/**
 * What a run would do at this moment.
 *
 * @param outcomes rows by outcome, in the order of {@link Outcome}, without outcomes that have no rows
 * @param rows rows to be deleted and added by table
 */
public record Forecast(Map<Outcome, Long> outcomes, RowCounts rows) {}
