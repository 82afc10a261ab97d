package com.fuse.users.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fuse.users.csv.CsvModel.Role;
import com.fuse.users.csv.CsvText.Dialect;
import com.fuse.users.csv.Layout.IdentifyingColumn;
import com.fuse.users.csv.RowModel.Row;
import com.fuse.users.csv.RowModel.RowResult;
import com.fuse.users.input.InputException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * The reader reads exactly the rows of a CSV in any dialect, each with its line, its identifiers, and its problem, and notes
 * what a reader of the file should know.
 */
class AnyDialectTest {
    private static final Pattern SWALLOWED = Pattern.compile("^a quoted field contains (lines? .*?), which would be ");

    @Property(seed = "1", tries = 500, edgeCases = EdgeCasesMode.NONE)
    void exactlyTheWrittenRowsAreRead(@ForAll("csvs") CsvModel csv) throws IOException {
        compare(csv);
    }

    @Tag("slow")
    @Property(tries = 100_000, edgeCases = EdgeCasesMode.NONE)
    void exactlyTheWrittenRowsOfManyFilesAreRead(@ForAll("csvs") CsvModel csv) throws IOException {
        compare(csv);
    }

    private static void compare(CsvModel csv) throws IOException {
        Path folder = Files.createTempDirectory("any-dialect");
        try {
            InputFile input = InputFile.bytes(folder, csv.bytes());
            if (csv.otherHeader() == null) {
                assertRead(input.read(), csv);
            } else {
                assertThatExceptionOfType(InputException.class)
                        .isThrownBy(input::read)
                        .withMessage(
                                "users.csv, line %d: there is %s header; remove the header, or put the rows below it into a file of their own, and run again."
                                        .formatted(
                                                csv.otherHeader(), csv.first().header() ? "another" : "a"));
            }
        } finally {
            Files.deleteIfExists(folder.resolve("users.csv"));
            Files.delete(folder);
        }
    }

    @Provide
    Arbitrary<CsvModel> csvs() {
        return RandomCsv.csvs();
    }

    private static void assertRead(InputFile.Read read, CsvModel csv) {
        InputFormat format = read.format();
        Dialect dialect = csv.text().dialect();
        assertThat(format.charset()).isEqualTo(dialect.charset());
        assertThat(format.byteOrderMark()).isEqualTo(dialect.byteOrderMark());
        assertThat(format.delimiter()).isEqualTo(csv.text().delimiter());
        assertThat(format.delimiterLine()).isEqualTo(dialect.delimiterLine());
        assertThat(format.compressed()).isEqualTo(dialect.members() > 0);
        assertThat(format.layout().hasHeader()).isEqualTo(csv.first().header());
        assertThat(format.layout().width()).isEqualTo(csv.first().line().size());
        List<Role> roles = csv.first().roles();
        assertThat(format.layout().identifying())
                .isEqualTo(Stream.of(Identifier.values())
                        .filter(identifier -> roles.contains(Role.valueOf(identifier.name())))
                        .map(identifier ->
                                new IdentifyingColumn(identifier, roles.indexOf(Role.valueOf(identifier.name()))))
                        .toList());
        assertThat(read.rows().stream().map(AnyDialectTest::row)).isEqualTo(csv.rows());
        assertThat(read.notes()).isEqualTo(csv.notes());
    }

    private static Row row(UserRecord read) {
        BigInteger userId = read.userId() == null ? null : BigInteger.valueOf(read.userId());
        Matcher lines = SWALLOWED.matcher(String.valueOf(read.problem()));
        return new Row(
                read.line(),
                read.value(),
                userId,
                read.names(),
                read.active(),
                read.swallowed(),
                lines.find() ? lines.group(1) : "",
                RowResult.of(read.problem()));
    }
}
