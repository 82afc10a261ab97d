package com.fuse.users.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** One of the report's CSV files, fed with every row of the run. */
abstract class OutcomeCsv implements AutoCloseable {

    private final ReportFile file;
    private final CSVPrinter printer;

    OutcomeCsv(Path path, List<String> columns) throws IOException {
        this.file = new ReportFile(path);
        this.printer = Cells.printer(file.writer(), columns);
    }

    /** Prints what this file shows of the row, which may be nothing. */
    abstract void add(OutcomeRow row) throws IOException;

    final void print(List<@Nullable Object> cells) throws IOException {
        printer.printRecord(cells);
    }

    /** Prints a record in which there is nothing to be quoted, several times as fast. */
    final void printNumbers(String first, String second) throws IOException {
        printer.getOut().append(first).append(',').append(second).append('\n');
    }

    final void publish() throws IOException {
        printer.flush();
        file.publish();
    }

    @Override
    public final void close() throws IOException {
        file.close();
    }

    static List<String> plus(List<String> columns, String column) {
        return Stream.concat(columns.stream(), Stream.of(column)).toList();
    }

    static List<@Nullable Object> cells(@Nullable Object... cells) {
        return new ArrayList<>(Arrays.asList(cells));
    }
}
