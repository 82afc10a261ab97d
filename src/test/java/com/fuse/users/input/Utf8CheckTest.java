package com.fuse.users.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fuse.users.csv.InputFile;
import com.fuse.users.exit.ExitCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** UTF-8 with a few wrong bytes is not read as another encoding, which would change the names. */
class Utf8CheckTest {
    private final Path folder;

    Utf8CheckTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void theFirstWrongByteIsReportedWithItsLine(String lineEnd) {
        byte[] content = join("username" + lineEnd + "josé" + lineEnd + "Ren", 0xE9, lineEnd + "Zoë" + lineEnd);

        assertMistake(content, 3, "E9");
    }

    /** Checked in small pieces, so that each byte is the last of a buffer. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void aCharacterOrMistakeMaySpanBuffers(int bufferSize) {
        Utf8Check valid = checked(join("é€😀\r\n日本\r", -1, "ü"), bufferSize);
        Utf8Check mistaken = checked(join("é\r\n€😀\r\nx", 0xF0, "é"), bufferSize);

        assertThat(valid.isValid()).isTrue();
        valid.refuseMistakes("users.csv");
        assertThat(mistaken.isValid()).isFalse();
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> mistaken.refuseMistakes("users.csv"))
                .withMessageStartingWith("users.csv, line 3: the byte 0xF0 is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_530, 65_534, 65_535, 65_536, 65_537, 131_071, 131_072})
    void aMistakeIsFoundAnywhere(int position) {
        byte[] content = join("é\n" + "a".repeat(position - 3), 0xFC, "b\n");

        assertMistake(content, 2, "FC");
    }

    @Test
    void aCharacterThatIsCutOffAtTheEndIsAMistake() {
        assertMistake(join("é\nan", 0xC3, ""), 2, "C3");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, true", "2, 2, true", "1, 2, false", "0, 1, false", "3, 1, true"})
    void contentWithMoreWrongBytesThanRightCharactersIsAnotherEncoding(int right, int wrong, boolean mistake) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(("é".repeat(right) + "\n").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < wrong; i++) {
            content.writeBytes(new byte[] {(byte) 0xE9, '\n'});
        }

        if (mistake) {
            assertMistake(content.toByteArray(), 2, "E9");
        } else {
            assertThat(InputDigest.of(InputFile.bytes(folder, content.toByteArray())
                                    .source())
                            .charset())
                    .isEqualTo(InputDigest.WINDOWS_1252);
        }
    }

    private void assertMistake(byte[] content, int line, String hex) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(
                        () -> InputDigest.of(InputFile.bytes(folder, content).source()))
                .withMessage(
                        "users.csv, line %d: the byte 0x%s is not UTF-8, but the text around it is; correct it, or save the file as UTF-8, and run again."
                                .formatted(line, hex))
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT));
    }

    private static Utf8Check checked(byte[] content, int bufferSize) {
        Utf8Check check = new Utf8Check();
        for (int start = 0; start < content.length; start += bufferSize) {
            int length = Math.min(bufferSize, content.length - start);
            byte[] buffer = new byte[bufferSize];
            System.arraycopy(content, start, buffer, 0, length);
            check.accept(buffer, length);
        }
        check.end();
        return check;
    }

    /** UTF-8 with this byte within; none if it is negative. */
    private static byte[] join(String before, int wrong, String after) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        if (wrong >= 0) {
            content.write(wrong);
        }
        content.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return content.toByteArray();
    }
}
