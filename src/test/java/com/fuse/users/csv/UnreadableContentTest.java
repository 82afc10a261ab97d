package com.fuse.users.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.input.InputException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file whose content is not CSV at some place is refused completely, with the line of the fault. */
class UnreadableContentTest {
    private static final String UNCLOSED = ": a quote is opened and never closed; close it and run again.";

    private final Path folder;

    UnreadableContentTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void anUnclosedQuoteIsReported(String lineEnd) {
        String content = String.join(lineEnd, "user_id,note", "17,\"a", "b\"", "", "18,\"c", "19,d", "20,e", "");

        assertUnreadable(InputFile.text(folder, content), "users.csv, line 5" + UNCLOSED);
    }

    @Test
    void anUnclosedQuoteInTheFirstRecordIsReported() {
        assertUnreadable(InputFile.text(folder, "\"user_id\n17\n18\n"), "users.csv, line 1" + UNCLOSED);
    }

    @Test
    void textAfterAClosingQuoteIsReported() {
        assertUnreadable(
                InputFile.text(folder, "user_id,note\n17,\"a\" b\n18,c\n"),
                "users.csv, line 2: text follows the closing quote of a field; write a quote within a quoted field twice and run again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aQuoteThatALaterQuoteClosesIsReportedWithBothLines(String lineEnd) {
        assertUnreadable(
                InputFile.text(folder, String.join(lineEnd, "user_id,note", "17,\"a", "18,b", "19,\"c\"", "")),
                "users.csv, line 4: text follows the closing quote of a field of the record that starts on line 2;"
                        + " write a quote within a quoted field twice and run again.");
    }

    @Test
    void aQuoteWithinAnUnquotedFieldIsKept() {
        assertThat(InputFile.text(folder, "username\n5\" of \"x\"\n").rows())
                .containsExactly(Rows.row(2, "5\" of \"x\"", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aNulCharacterInUtf16IsReported(String lineEnd) {
        String content = "\ufeff" + String.join(lineEnd, "user_id,note", "17,a", "18,\"b", "\0\"", "");

        assertUnreadable(
                InputFile.text(folder, content, StandardCharsets.UTF_16LE),
                "users.csv, line 4: there is a NUL character, so this is not a CSV; save it as CSV in UTF-8 and run again.");
    }

    @Test
    void invalidUtf8AfterAByteOrderMarkIsReported() {
        // user_id, 17, 18 and a byte that is not UTF-8.
        String hex = "efbbbf" + "757365725f69640d0a" + "31370d0a" + "3138ff0d0a";

        assertUnreadable(
                InputFile.bytes(folder, HexFormat.of().parseHex(hex)),
                "users.csv, line 3: the byte 0xFF does not belong to a text in UTF-8; save the file as UTF-8 and run again.");
    }

    @Test
    void anUnpairedSurrogateOrHalfACharacterOfUtf16IsReported() {
        assertUnreadable(
                InputFile.bytes(folder, HexFormat.of().parseHex("feff" + "0031" + "000a" + "d800" + "000a")),
                "users.csv, line 2: the byte 0xD8 does not belong to a text in UTF-16BE; save the file as UTF-8 and run again.");
        assertUnreadable(
                InputFile.bytes(folder, HexFormat.of().parseHex("fffe" + "3100" + "0a00" + "31")),
                "users.csv, line 2: the byte 0x31 does not belong to a text in UTF-16LE; save the file as UTF-8 and run again.");
    }

    @Test
    void anInvalidByteOfWindows1252IsReportedFarIntoAFile() {
        String content = "user_id,ü\n" + "17,x\r\n".repeat(50_000) + "\u0081";

        assertUnreadable(
                InputFile.text(folder, content, Charset.forName("ISO-8859-1")),
                "users.csv, line 50002: the byte 0x81 does not belong to a text in windows-1252; save the file as UTF-8 and run again.");
    }

    @Test
    void aRecordOfMoreThan16MiCharactersIsReportedBeforeItFillsTheMemory() {
        String content = "user_id,note\n17,x\n18,\"" + "a\n".repeat(9 * 1024 * 1024);

        assertUnreadable(
                InputFile.text(folder, content),
                "users.csv, line 3: the record that starts here has no end within 16777216 characters,"
                        + " probably an unclosed quote; close it and run again.");
    }

    @Test
    void aRecordOf15MiCharactersIsOneMalformedRow() {
        String content = "user_id,note\n17,\"" + "a".repeat(15 * 1024 * 1024) + "\"\n18,x\n";

        assertThat(InputFile.text(folder, content).userIds()).containsExactly(null, 18L);
    }

    @Test
    void aRecordOfMillionsOfFieldsIsReportedBeforeItFillsTheMemory() {
        String content = "user_id,note\n17,x\n18" + ",".repeat(2 * 1024 * 1024) + "\n";

        assertUnreadable(
                InputFile.text(folder, content),
                "users.csv, line 3: the record that starts here holds more than 1048576 delimiters,"
                        + " probably an unclosed quote; close it and run again.");
    }

    @Test
    void allRecordsTogetherMayExceedTheLimitOfOneRecord() {
        String row = "17," + "x".repeat(1_020) + "\n";
        int rows = 17 * 1024;

        assertThat(InputFile.text(folder, "user_id,note\n" + row.repeat(rows)).rows())
                .hasSize(rows);
    }

    private static void assertUnreadable(InputFile input, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(input::rows)
                .withMessage(message)
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT));
    }
}
