package com.fuse.users.preflight;

import com.fuse.users.run.request.RowLimits;
import com.fuse.users.text.Counts;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an input that are malformed or contradict themselves.
 *
 * @param firstLine the line of the first; any number if there is none
 * @param firstMessage what is wrong with the first; null if there is none
 */
public record BadRows(long count, long firstLine, @Nullable String firstMessage) {

    /** Fewer bad rows are mistakes of their own. */
    private static final long FEWEST = 5;

    /** The objection to the number of rows, with a remedy; null if there is none. */
    public static @Nullable String objectionToCount(long rows, RowLimits limits) {
        Long expected = limits.expectRows();
        return expected == null || expected == rows
                ? null
                : "the input has %s, not the %s of --expect-rows; get the complete file, or correct the option"
                        .formatted(Counts.of(rows, "row"), Counts.figure(expected));
    }

    /** The objection to so many bad rows among these, with a remedy; null if there is none. */
    public @Nullable String objection(long rows, RowLimits limits) {
        boolean tooMany = count >= FEWEST && new Share(count, rows).isMoreThan(limits.maxBadPercent());
        return !tooMany
                ? null
                : "%s of %s cannot be used, more than %s %%, so the others cannot be trusted. The first, line %d: %s Correct the file, or raise --max-bad-percent"
                        .formatted(
                                Counts.figure(count),
                                Counts.of(rows, "row"),
                                limits.maxBadPercent().stripTrailingZeros().toPlainString(),
                                firstLine,
                                sentence(firstMessage));
    }

    private static String sentence(@Nullable String message) {
        String text = String.valueOf(message);
        return text.endsWith(".") ? text : text + ".";
    }
}
