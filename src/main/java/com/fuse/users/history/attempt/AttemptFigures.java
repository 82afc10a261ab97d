package com.fuse.users.history.attempt;

import java.time.Duration;
import java.util.List;

/**
 * One attempt at a run, as people see it.
 *
 * @param record the attempt. Rows that name no user, or a user named before, are not among its users: they are decided
 *     during staging
 * @param slices the users decided in each of several equal parts of the time of the change step; empty if there are none
 * @param slice how long each part is
 */
public record AttemptFigures(AttemptRecord record, List<Long> slices, Duration slice, AttemptEnd end) {

    /** Users decided per second, over the time worked. */
    public long usersPerSecond() {
        return Rates.perSecond(record.users(), record.worked());
    }

    /** Who made the attempt, such as "anna@ops1"; a dash if it died before it could say. */
    public String by() {
        return record.actor() == null ? "-" : record.actor().describe();
    }
}
