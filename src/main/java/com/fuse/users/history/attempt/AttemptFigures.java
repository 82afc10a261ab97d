package com.fuse.users.history.attempt;

import com.fuse.users.text.Counts;
import java.time.Duration;
import java.util.List;

/**
 * One attempt at a run, as people see it.
 *
 * @param record the attempt. Rows that name no user, or a user named before, are not among its users: they are decided
 *     during staging
 * @param slices the users decided in each of several equal parts of the time of the change step; empty if the run is too short
 * @param slice how long each part is
 */
public record AttemptFigures(AttemptRecord record, List<Double> slices, Duration slice, AttemptEnd end) {

    /** Users decided per second, over the time of the change step alone; 0 if there are none. */
    public long usersPerSecond() {
        return Rates.perSecond(record.users(), record.deciding());
    }

    /** Whether it decided users for long enough to have a speed. */
    public boolean hasSpeed() {
        return record.users() > 0 && !Rates.tooShort(record.deciding());
    }

    /** The users per second for people; a dash if they are no speed. */
    public String speed() {
        return hasSpeed() ? Counts.figure(usersPerSecond()) : "-";
    }

    /** Who made the attempt and helped, such as "anna@ops1, helped by anna@ops2"; a dash if it died before it could say. */
    public String by() {
        String by = record.actor() == null ? "-" : record.actor().describe();
        return record.helpers().isEmpty() ? by : by + ", helped by " + String.join(", ", record.helpers());
    }
}
