package com.fuse.users.report;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** How every CSV of a report is written: RFC 4180, and no cell that a spreadsheet would run as a formula. */
public final class Cells {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private Cells() {}

    /** Prints records to the target, of which the header is the first. */
    public static CSVPrinter printer(Appendable target, List<String> header) throws IOException {
        CSVPrinter printer = new CSVPrinter(target, FORMAT);
        printer.printRecord(header);
        return printer;
    }

    /** Several values in one cell. */
    public static String joined(Collection<?> values) {
        return values.stream().map(String::valueOf).collect(joining(";"));
    }

    /** The text, with an apostrophe in front where a spreadsheet would run it as a formula. */
    public static @Nullable String defused(@Nullable String text) {
        return text != null && !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
