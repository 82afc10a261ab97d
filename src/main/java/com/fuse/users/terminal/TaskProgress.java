package com.fuse.users.terminal;

import com.fuse.users.text.Counts;
import com.fuse.users.text.Seconds;
import java.time.Duration;
import java.util.Locale;

/**
 * How far a task has come, as text.
 *
 * @param before the rows that earlier attempts finished
 * @param done the finished rows, with those of earlier attempts
 * @param total all rows of the task; negative if unknown
 * @param elapsed since the task began
 */
record TaskProgress(String name, long before, long done, long total, Duration elapsed) {

    /** In seconds. */
    private static final double SHORTEST = 0.001;

    /** The line while the task works. */
    String line() {
        double perSecond = (done - before) / Math.max(SHORTEST, Seconds.exact(elapsed));
        String speed = Counts.figure(Math.round(perSecond)) + " rows/s";
        if (total < 0) {
            return "%s: %s, %s".formatted(name, Counts.of(done, "row"), speed);
        }
        return "%s: %s of %s (%d %%), %s, %s left"
                .formatted(
                        name,
                        Counts.figure(done),
                        Counts.of(total, "row"),
                        done * 100 / Math.max(1, total),
                        speed,
                        perSecond == 0 ? "unknown time" : time((total - done) / perSecond));
    }

    /** The line that stays when the task has ended. */
    String ended() {
        return "%s: %s in %s".formatted(name, Counts.of(done - before, "row"), Seconds.of(elapsed));
    }

    /** Such as "1m30s". */
    private static String time(double seconds) {
        return Duration.ofSeconds(Math.round(seconds)).toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
