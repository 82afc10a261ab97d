package com.fuse.users.report;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/** How all CSV files are written: RFC 4180, and nothing that a spreadsheet would run. */
final class Cells {

    static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private Cells() {}

    /** Several values in one cell. */
    static String joined(List<?> values) {
        return values.stream().map(String::valueOf).collect(joining(";"));
    }

    /** A text with an apostrophe in front if a spreadsheet would take it for a formula. */
    static @Nullable String defused(@Nullable String cell) {
        return cell != null && !cell.isEmpty() && FORMULA_STARTS.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
