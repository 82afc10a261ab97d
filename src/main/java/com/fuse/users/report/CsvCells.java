package com.fuse.users.report;

/**
 * SQL expressions for the cells of every CSV that the program writes. Their arguments are expressions too, never values.
 * An empty text becomes null, because COPY writes null as nothing and an empty text as {@code ""}.
 */
public final class CsvCells {

    /** A spreadsheet runs a cell that begins with one of these. The last four are the full-width forms. */
    private static final String FORMULA_STARTS =
            "'=', '+', '-', '@', '\t', '\r', '\n', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20'";

    private CsvCells() {}

    /** A text, with an apostrophe in front if a spreadsheet would run it as a formula. */
    public static String text(String text) {
        return "case when left(%1$s, 1) in (%2$s) then '''' || %1$s when %1$s <> '' then %1$s end"
                .formatted(text, FORMULA_STARTS);
    }

    /** A time in UTC in ISO 8601, as exact as the database has it. */
    static String time(String time) {
        return "to_char(%s at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')".formatted(time);
    }

    /** The IDs of an array, joined by semicolons. */
    static String ids(String ids) {
        return "nullif(array_to_string(%s, ';'), '')".formatted(ids);
    }
}
