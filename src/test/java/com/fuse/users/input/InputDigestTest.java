package com.fuse.users.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fuse.users.exit.ExitCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputDigestTest {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final Path folder;

    InputDigestTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void theDigestIsTheSha256OfTheContent() {
        assertThat(HexFormat.of()
                        .formatHex(
                                digest("abc".getBytes(StandardCharsets.UTF_8)).sha256()))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @ParameterizedTest
    @CsvSource({
        "EFBBBF61, UTF-8, true",
        "FFFE6100, UTF-16LE, true",
        "FEFF0061, UTF-16BE, true",
        "61, UTF-8, false",
        "C3BC, UTF-8, false",
        "F09F9880, UTF-8, false",
        "FC, windows-1252, false",
        "61C3, windows-1252, false",
        "C0AF, windows-1252, false",
        "EDA080, windows-1252, false"
    })
    void theCharsetIsDetectedFromTheBytes(String hex, String charset, boolean byteOrderMark) {
        InputDigest digest = digest(HexFormat.of().parseHex(hex));

        assertThat(digest.charset()).isEqualTo(Charset.forName(charset));
        assertThat(digest.byteOrderMark()).isEqualTo(byteOrderMark);
    }

    @ParameterizedTest
    @ValueSource(ints = {65_533, 65_534, 65_535, 65_536, 131_071})
    void aCharacterMaySpanTwoBuffers(int before) {
        String content = "a".repeat(before) + "😀" + "a".repeat(10);

        assertThat(digest(content.getBytes(StandardCharsets.UTF_8)).charset()).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void oneInvalidByteAnywhereMakesItWindows1252() {
        String content = "a".repeat(200_000) + "ü";

        assertThat(digest(content.getBytes(WINDOWS_1252)).charset()).isEqualTo(WINDOWS_1252);
    }

    @Test
    void zeroBytesAreUnreadable() {
        assertUnreadable(new byte[0], "users.csv: the file is empty; export it and run again.");
    }

    @ParameterizedTest
    @CsvSource({"'\n', 4", "'\r\n', 4", "'\r', 4", "'\n\n', 7"})
    void aNulByteIsReportedWithItsLine(String lineEnd, int line) {
        String content = String.join(lineEnd, "user_id", "17", "18", "1\0009");

        assertUnreadable(
                content.getBytes(StandardCharsets.UTF_8),
                "users.csv, line " + line
                        + ": there is a NUL byte, so this is a binary file, not a CSV; save it as CSV in UTF-8 and run again.");
    }

    @Test
    void aNulByteIsFoundAfterTheFirstBufferToo() {
        String content = "17\n".repeat(100_000) + "\0";

        assertUnreadable(
                content.getBytes(StandardCharsets.UTF_8),
                "users.csv, line 100001: there is a NUL byte, so this is a binary file, not a CSV; save it as CSV in UTF-8 and run again.");
    }

    @Test
    void aLineThatTheReaderWouldRefuseIsRefusedBeforeItIsReadCompletely() {
        byte[] content = new byte[49 * 1024 * 1024];
        Arrays.fill(content, (byte) 'x');
        content[7] = '\n';

        assertUnreadable(
                content,
                "users.csv, line 2: the line has no end within 50331648 bytes, so this is not a CSV of users; save it as CSV and run again.");
    }

    @Test
    void allLinesTogetherMayExceedTheLimitOfOneLine() {
        byte[] content = new byte[60 * 1024 * 1024];
        Arrays.fill(content, (byte) 'x');
        content[30 * 1024 * 1024] = '\r';

        assertThat(digest(content).charset()).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void aBinaryFileIsReportedWithItsKind() {
        assertUnreadable(
                HexFormat.of().parseHex("504b0304140006000800"),
                "users.csv, line 1: this is a ZIP archive, not a CSV of users; unpack it and run again with that file.");
    }

    private InputDigest digest(byte[] content) {
        return InputDigest.of(InputFile.bytes(folder, content).source());
    }

    private void assertUnreadable(byte[] content, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> digest(content))
                .withMessage(message)
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT));
    }
}
