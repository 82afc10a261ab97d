package com.fuse.users.text;

import java.util.Locale;

/** Counts in text for people, with a comma between thousands. */
public final class Counts {

    private Counts() {}

    /** Such as "1,234". */
    public static String figure(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /**
     * Such as "1 row" or "1,234 rows".
     *
     * @param noun in the singular; its plural must end in "s"
     */
    public static String of(long count, String noun) {
        return figure(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
