package com.fuse.users.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fuse.users.exit.ExitCode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserRecordReaderTest {
    private final Path folder;

    UserRecordReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private record Encoding(String name, Charset charset, boolean byteOrderMark) {}

    private static final List<Encoding> ENCODINGS = List.of(
            new Encoding("UTF-8", StandardCharsets.UTF_8, false),
            new Encoding("UTF-8 with BOM", StandardCharsets.UTF_8, true),
            new Encoding("UTF-16LE with BOM", StandardCharsets.UTF_16LE, true),
            new Encoding("UTF-16BE with BOM", StandardCharsets.UTF_16BE, true),
            new Encoding("Windows-1252", Charset.forName("windows-1252"), false));

    /** Every encoding, delimiter and line end that the contract names, in all combinations. */
    @Test
    void everyEncodingDelimiterAndLineEndGivesTheSameRows() {
        for (Encoding encoding : ENCODINGS) {
            for (String delimiter : List.of(",", ";", "\t")) {
                for (String lineEnd : List.of("\n", "\r\n", "\r")) {
                    String content = String.join(
                            lineEnd,
                            "name,user_id,note",
                            "Jürgen €,17,\"first",
                            "",
                            "last, \"\"quoted\"\"\"",
                            "",
                            "Zoë,18,x",
                            " ",
                            "Ünal,19,");
                    String written = (encoding.byteOrderMark() ? "\ufeff" : "") + content.replace(",", delimiter);

                    InputFile input = InputFile.text(folder, written, encoding.charset());

                    assertThat(input.format().describe())
                            .isEqualTo(encoding.name() + ", delimiter "
                                    + (delimiter.equals("\t") ? "tab" : "'" + delimiter + "'")
                                    + ", header, column 2 'user_id' (user ID); not used: 'name', 'note'");
                    assertThat(input.rows())
                            .containsExactly(Rows.row(2, "17", 17L), Rows.row(6, "18", 18L), Rows.row(8, "19", 19L));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void theLineOfARowIsTheLineOnWhichItStarts(String lineEnd) {
        String content = String.join(
                lineEnd, "id,note", "1,\"a", "b", "", "c\"", "2,x", "", "   ", "3,\"", "\"", "4,\"", "", "", "x\"",
                "5,y", "6,z");

        assertThat(InputFile.text(folder, content).rows())
                .containsExactly(
                        Rows.row(2, "1", 1L),
                        Rows.row(6, "2", 2L),
                        Rows.row(9, "3", 3L),
                        Rows.row(11, "4", 4L),
                        Rows.row(15, "5", 5L),
                        Rows.row(16, "6", 6L));
    }

    @Test
    void lineEndsMayBeMixed() {
        assertThat(InputFile.text(folder, "1\r2\n3\r\n4\n\r5\r\r\n6\r\n\n7\n\n\r\r8")
                        .lines())
                .containsExactly(1L, 2L, 3L, 4L, 6L, 8L, 10L, 14L);
    }

    @Test
    void everyLineOfAMultiLineHeaderCounts() {
        assertThat(InputFile.text(folder, "user_id,\"a\nnote\"\n17,x\n").lines())
                .containsExactly(3L);
    }

    /** Buffers end within line ends, quotes and multi-byte characters, whatever their sizes are. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void lineNumbersAreCorrectFarIntoAFile(String lineEnd) {
        StringBuilder content = new StringBuilder("user_id,note" + lineEnd);
        for (int i = 1; i <= 30_000; i++) {
            content.append(i)
                    .append(",\"€")
                    .append("x".repeat(i % 7))
                    .append(lineEnd)
                    .append("\"\"\"")
                    .append(lineEnd);
        }

        List<UserRecord> rows = InputFile.text(folder, content.toString()).rows();

        assertThat(rows)
                .extracting(UserRecord::userId)
                .isEqualTo(LongStream.rangeClosed(1, 30_000).boxed().toList());
        assertThat(rows).allSatisfy(row -> assertThat(row.line()).isEqualTo(2 * Long.parseLong(row.value())));
    }

    @Test
    void aByteOrderMarkBeforeAQuoteIsIgnored() {
        assertThat(InputFile.text(folder, "\ufeff\"user_id\",x\n17,y\n").userIds())
                .containsExactly(17L);
    }

    @Test
    void linesOfOnlyBlanksAreNoRows() {
        assertThat(InputFile.text(folder, "user_id;name\n\n   \n\t\n\u00a0\u2007\u202f\ufeff\n17;x\n\n")
                        .lines())
                .containsExactly(6L);
    }

    @Test
    void aRecordOfOnlyBlankFieldsIsNoRow() {
        assertThat(InputFile.text(folder, "user_id,a,b\n,,\n17,x,y\n").lines()).containsExactly(3L);
        assertThat(InputFile.text(folder, "user_id\ta\n\t\n17\tx\n").lines()).containsExactly(3L);
        assertThat(InputFile.text(folder, "user_id\n\"\"\n17\n").lines()).containsExactly(3L);
        assertThat(InputFile.text(folder, "user_id;a\n\" \";\"\u00a0\";;\n17\n").lines())
                .containsExactly(3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17\n\u001a", "17\r\n\u001a\r\n", "17\n\n\u001a\n\n"})
    void theEndOfFileMarkOfOldSystemsIsNoRow(String content) {
        InputFile.Read read = InputFile.text(folder, content).read();

        assertThat(read.rows()).containsExactly(Rows.row(1, "17", 17L));
        assertThat(read.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "user_id\n17", "user_id\n17\n", "user_id,x\n17,", "user_id,x\n17,\"\""})
    void theLastLineNeedsNoLineEnd(String content) {
        assertThat(InputFile.text(folder, content).userIds()).containsExactly(17L);
    }

    @Test
    void blanksAroundAUsernameAreTrimmedAndTheRestIsKept() {
        assertThat(InputFile.text(folder, "username\n\u00a0 Anna  von \"B\"\t\n")
                        .rows())
                .containsExactly(Rows.row(2, "Anna  von \"B\"", null));
    }

    @Test
    void anEmailAddressIsKept() {
        assertThat(InputFile.text(folder, "email\n Anna@Example.COM \n").rows())
                .containsExactly(Rows.row(2, "Anna@Example.COM", null));
    }

    @Test
    void aChosenColumnIsRead() {
        assertThat(InputFile.text(folder, "user_id,staff\n17,18\n").rows("Staff"))
                .containsExactly(Rows.row(2, "18", 18L));
    }

    @Test
    void readingAfterTheLastRowReturnsNoRow() throws IOException {
        InputSource source = InputFile.text(folder, "17\n").source();
        InputDigest digest = InputDigest.of(source);
        try (UserRecordReader reader = new UserRecordReader(
                source, digest, new FormatDetector(ColumnChoice.NONE, false, true).detect(source, digest))) {
            assertThat(reader.read()).isEqualTo(Rows.row(1, "17", 17L));
            assertThat(reader.read()).isNull();
            assertThat(reader.read()).isNull();
        }
    }

    @Test
    void aFileThatChangedAfterItsDigestIsUnreadable() throws IOException {
        InputSource source = InputFile.text(folder, "17\n18\n").source();
        InputDigest digest = InputDigest.of(source);
        InputFormat format = new FormatDetector(ColumnChoice.NONE, false, true).detect(source, digest);
        Files.writeString(source.path(), "17\n19\n");

        try (UserRecordReader reader = new UserRecordReader(source, digest, format)) {
            assertThat(reader.read()).isEqualTo(Rows.row(1, "17", 17L));
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(reader::read)
                    .withMessage(
                            "users.csv: the file changed while it was read; wait until it is complete and run again.")
                    .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT));
        }
    }
}
