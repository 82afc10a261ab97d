package com.fuse.users.input;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import com.fuse.users.csv.InputFile;
import com.fuse.users.exit.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputSourceTest {
    private final Path folder;
    private final List<String> notes = new ArrayList<>();

    InputSourceTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aFileIsReadInPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("users.csv"), "17\n");

        assertThat(resolve(List.of(file.toString()))).containsExactly(new InputSource(file.toString(), file, false));
    }

    @Test
    void aFolderMeansItsCsvFilesInTheOrderOfTheirNames() throws IOException {
        for (String name :
                List.of("b.csv", "a.CSV", "c.csv.gz", "d.Csv.Gz", "notes.txt", "csv", ".half-uploaded.csv")) {
            Files.writeString(folder.resolve(name), "17\n");
        }
        Files.writeString(Files.createDirectory(folder.resolve("older.csv")).resolve("e.csv"), "17\n");

        assertThat(resolve(List.of(folder.toString())))
                .extracting(InputSource::path, InputSource::fromFolder)
                .containsExactly(
                        tuple(folder.resolve("a.CSV"), true),
                        tuple(folder.resolve("b.csv"), true),
                        tuple(folder.resolve("c.csv.gz"), true),
                        tuple(folder.resolve("d.Csv.Gz"), true));
    }

    @Test
    void theFilesOfAFolderThatAreLeftOutAreNamed() throws IOException {
        for (String name : List.of("b.csv", "notes.txt", "csv", ".half-uploaded.csv")) {
            Files.writeString(folder.resolve(name), "17\n");
        }
        Files.createDirectory(folder.resolve("older.csv"));

        resolve(List.of(folder.toString()));

        assertThat(notes)
                .containsExactly(
                        folder
                                + ": left out because the name does not end in .csv or .csv.gz, or starts with a dot: '.half-uploaded.csv', 'csv', 'notes.txt'");
    }

    @Test
    void aFolderOfOnlyInputsHasNoNote() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "17\n");

        resolve(List.of(folder.toString()));

        assertThat(notes).isEmpty();
    }

    @Test
    void aFolderWithoutCsvFilesIsMissingInput() {
        assertMissing(() -> resolve(List.of(folder.toString())))
                .withMessage(
                        folder
                                + ": the folder holds no .csv or .csv.gz file; is the volume mounted? Put the files there and run again.");
    }

    @Test
    void operandsKeepTheirOrder() throws IOException {
        Path b = Files.writeString(folder.resolve("b.csv"), "17\n");
        Path a = Files.writeString(folder.resolve("a.csv"), "18\n");

        assertThat(resolve(List.of(b.toString(), a.toString())))
                .extracting(InputSource::path)
                .containsExactly(b, a);
    }

    @Test
    void aMissingFileIsFoundBeforeStandardInputIsRead() {
        InputStream standardInput = System.in;
        ByteArrayInputStream untouched = new ByteArrayInputStream("17\n".getBytes(UTF_8));
        try {
            System.setIn(untouched);
            String missing = folder.resolve("none.csv").toString();

            assertMissing(() -> resolve(List.of("-", missing)))
                    .withMessage(missing + ": no such file or folder; check the name and run again.");
            assertThat(untouched.available()).isEqualTo(3);
        } finally {
            System.setIn(standardInput);
        }
    }

    @Test
    void anEmptyOperandIsNotTheCurrentFolder() {
        assertMissing(() -> resolve(List.of("")))
                .withMessage("'': is not the name of a file or folder; name one and run again.");
    }

    @Test
    void standardInputCanBeReadTwice() throws IOException {
        InputStream standardInput = System.in;
        try {
            System.setIn(new ByteArrayInputStream("17\n".getBytes(UTF_8)));
            InputSource source = resolve(List.of("-")).get(0);

            assertThat(source.name()).isEqualTo("standard input");
            assertThat(content(source)).isEqualTo("17\n");
            assertThat(content(source)).isEqualTo("17\n");
        } finally {
            System.setIn(standardInput);
        }
    }

    @Test
    void aNamedPipeCanBeReadTwice() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(pipe, "17\n18\n"));

        InputSource source = resolve(List.of(pipe.toString())).get(0);

        writer.join();
        assertThat(source.name()).isEqualTo(pipe.toString());
        assertThat(source.path()).isRegularFile();
        assertThat(content(source)).isEqualTo("17\n18\n");
        assertThat(content(source)).isEqualTo("17\n18\n");
    }

    /** The writer of a pipe may never end. */
    @Test
    void contentThatIsNoCsvIsNotCopiedToItsEnd() throws IOException {
        InputStream standardInput = System.in;
        try {
            System.setIn(new SequenceInputStream(
                    new ByteArrayInputStream("17\n\0".getBytes(UTF_8)), Files.newInputStream(Path.of("/dev/zero"))));

            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> InputDigest.of(resolve(List.of("-")).get(0)))
                    .withMessageStartingWith("standard input, line 2: there is a NUL byte");
        } finally {
            System.setIn(standardInput);
        }
    }

    @Test
    void contentThatMayContainNulBytesIsCopiedToItsEnd() throws IOException {
        InputStream standardInput = System.in;
        byte[] wide = ("\ufeff" + "17\n".repeat(100_000)).getBytes(UTF_16LE);
        byte[] compressed = InputFile.gzip("17\n".repeat(2_000_000));
        try {
            for (byte[] content : List.of(wide, compressed)) {
                System.setIn(new ByteArrayInputStream(content));

                assertThat(resolve(List.of("-")).get(0).path()).hasBinaryContent(content);
            }
        } finally {
            System.setIn(standardInput);
        }
    }

    @Test
    void aFileThatIsDeletedBeforeItIsReadIsMissingInput() {
        Path gone = folder.resolve("gone.csv");

        assertMissing(() -> InputDigest.of(new InputSource("gone.csv", gone, true)))
                .withMessage(
                        "gone.csv: cannot be read (it does not exist); check that it exists and may be read, and run again.");
    }

    @Test
    void userIdsBecomeAnInputWithOneIdOnEachLine() throws IOException {
        InputSource source = InputSource.ofUserIds(List.of(18L, 17L));

        assertThat(source.name()).isEqualTo("--user 18,17");
        assertThat(content(source)).isEqualTo("18\n17\n");
        assertThat(new InputFile(source).userIds()).containsExactly(18L, 17L);
    }

    @Test
    void upToFiveUserIdsAreNamed() {
        assertThat(InputSource.ofUserIds(List.of(1L, 2L, 3L, 4L, 5L)).name()).isEqualTo("--user 1,2,3,4,5");
        assertThat(InputSource.ofUserIds(List.of(1L, 2L, 3L, 4L, 5L, 6L)).name())
                .isEqualTo("--user 1,2,3,4,5,… (6 users)");
    }

    private List<InputSource> resolve(List<String> operands) {
        return InputSource.resolve(operands, notes::add);
    }

    private static String content(InputSource source) throws IOException {
        try (InputStream in = source.open()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ThrowableAssertAlternative<InputException> assertMissing(ThrowingCallable call) {
        return assertThatExceptionOfType(InputException.class).isThrownBy(call).satisfies(e -> assertThat(e.exitCode())
                .isEqualTo(ExitCode.NO_INPUT));
    }
}
