package com.fuse.users.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.input.InputException;
import com.fuse.users.input.InputSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Any file is either read to its end or refused with one of its lines. There is no other failure and no endless loop.
 */
class AnyBytesTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
    private static final Pattern LINE_AT_FAULT = Pattern.compile("users\\.csv, line ([0-9]+): ");
    private static final Pattern START = Pattern.compile("record that starts on line ([0-9]+)");

    /** A change of content: what of it goes, and what comes instead. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Mutation(double position, int removed, byte[] inserted) {
        byte[] apply(byte[] content) {
            int start = (int) (position * content.length);
            int end = Math.min(content.length, start + removed);
            ByteArrayOutputStream mutated = new ByteArrayOutputStream();
            mutated.write(content, 0, start);
            mutated.writeBytes(inserted);
            mutated.write(content, end, content.length - end);
            return mutated.toByteArray();
        }
    }

    @Property(seed = "1", tries = 500, edgeCases = EdgeCasesMode.NONE)
    void damagedFilesAreReadOrRefused(@ForAll("damagedFiles") byte[] content) throws IOException {
        assertReadOrRefused(content);
    }

    @Property(seed = "1", tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anyBytesAreReadOrRefused(@ForAll("anyBytes") byte[] content) throws IOException {
        assertReadOrRefused(content);
    }

    @Tag("slow")
    @Property(tries = 60_000, edgeCases = EdgeCasesMode.NONE)
    void manyDamagedFilesAreReadOrRefused(@ForAll("damagedFiles") byte[] content) throws IOException {
        assertReadOrRefused(content);
    }

    @Tag("slow")
    @Property(tries = 60_000, edgeCases = EdgeCasesMode.NONE)
    void manyBytesAreReadOrRefused(@ForAll("anyBytes") byte[] content) throws IOException {
        assertReadOrRefused(content);
    }

    @Provide
    Arbitrary<byte[]> damagedFiles() {
        Arbitrary<byte[]> files = RandomCsv.csvs().map(CsvModel::bytes);
        return Combinators.combine(files, mutations().list().ofMinSize(1).ofMaxSize(4), files, Arbitraries.of(0, 1, 2))
                .as((file, mutations, other, joined) -> {
                    byte[] damaged = file;
                    for (Mutation mutation : mutations) {
                        damaged = mutation.apply(damaged);
                    }
                    return switch (joined) {
                        case 0 -> damaged;
                        case 1 -> new Mutation(1, 0, other).apply(damaged);
                        default -> new Mutation(0.5, 0, damaged).apply(damaged);
                    };
                });
    }

    /** Bytes that mean something to the reader, and any others. */
    @Provide
    Arbitrary<byte[]> anyBytes() {
        Arbitrary<byte[]> pieces = Arbitraries.of(
                        "user_id",
                        "17",
                        ",",
                        ";",
                        "\t",
                        "\"",
                        "\"\"",
                        "\r",
                        "\n",
                        "\r\n",
                        " ",
                        "\u00a0",
                        "\u00ff\u00fe",
                        "\u00fe\u00ff",
                        "\u00ef\u00bb\u00bf",
                        "\u001f\u008b\u0008",
                        "PK\3\4",
                        "\u0081",
                        "\u00c3",
                        "x",
                        "\u0000",
                        "\u00d8\u0000")
                .map(piece -> piece.getBytes(StandardCharsets.ISO_8859_1));
        Arbitrary<byte[]> any =
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(40);
        return Arbitraries.frequencyOf(Tuple.of(12, pieces), Tuple.of(1, any))
                .list()
                .ofMaxSize(30)
                .map(parts -> {
                    ByteArrayOutputStream joined = new ByteArrayOutputStream();
                    parts.forEach(joined::writeBytes);
                    return joined.toByteArray();
                });
    }

    private static Arbitrary<Mutation> mutations() {
        Arbitrary<byte[]> inserted = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(4),
                Arbitraries.of("\"", "\r", "\n", "\0", ",", "\u00ff", "\u001f\u008b")
                        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1)));
        Arbitrary<Integer> removed = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(0, 3)),
                Tuple.of(1, Arbitraries.just(Integer.MAX_VALUE / 2)));
        return Combinators.combine(Arbitraries.doubles().between(0, 1), removed, inserted)
                .as(Mutation::new);
    }

    private static void assertReadOrRefused(byte[] content) throws IOException {
        Path folder = Files.createTempDirectory("any-bytes");
        try {
            InputFile input = InputFile.bytes(folder, content);
            long lines = lines(input.source());
            assertTimeoutPreemptively(BOUND, () -> assertReadOrRefused(input, lines));
        } finally {
            Files.deleteIfExists(folder.resolve("users.csv"));
            Files.delete(folder);
        }
    }

    private static void assertReadOrRefused(InputFile input, long lines) {
        List<Long> read;
        try {
            read = input.lines();
        } catch (InputException e) {
            assertThat(e.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
            assertThat(e).hasMessageStartingWith("users.csv").hasMessageContaining("run again");
            for (Pattern pattern : List.of(LINE_AT_FAULT, START)) {
                Matcher line = pattern.matcher(String.valueOf(e.getMessage()));
                if (line.find()) {
                    assertThat(Long.parseLong(line.group(1))).as(e.getMessage()).isBetween(1L, lines);
                }
            }
            return;
        }
        assertThat(read).isSorted().doesNotHaveDuplicates();
        assertThat(read).allSatisfy(line -> assertThat(line).isBetween(1L, lines));
    }

    /** Of as much as can be decompressed. What follows the last line end is a line, also where it is nothing. */
    private static long lines(InputSource source) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (InputStream in = source.open()) {
            byte[] buffer = new byte[1_000];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                content.write(buffer, 0, n);
            }
        } catch (InputException e) {
            assertThat(e).hasMessageContaining("gzip");
        }
        byte[] bytes = content.toByteArray();
        String text = new String(bytes, charset(bytes));
        return 1 + LINE_END.matcher(text).results().count();
    }

    private static Charset charset(byte[] content) {
        byte[] mark = Arrays.copyOf(content, 2);
        if (Arrays.equals(mark, new byte[] {(byte) 0xff, (byte) 0xfe})) {
            return StandardCharsets.UTF_16LE;
        }
        return Arrays.equals(mark, new byte[] {(byte) 0xfe, (byte) 0xff})
                ? StandardCharsets.UTF_16BE
                : StandardCharsets.ISO_8859_1;
    }
}
