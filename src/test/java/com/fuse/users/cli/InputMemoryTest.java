package com.fuse.users.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The program reads or refuses files of any decompressed size in a small heap. */
@ExtendWith(TestPlatform.class)
record InputMemoryTest(World world, Path folder, FuseUsers fuseUsers) {

    private static final int MIB = 1024 * 1024;
    private static final String ONE_MIB = "x".repeat(MIB);

    @Test
    void hugeFilesAreReadOrRefusedIn64MiB() throws Exception {
        world.users(1, 2);
        Path largeFields = write("large-fields.csv", "user_id,note\n", "1," + ONE_MIB + "\n", 64, "1,x\n");
        Path zeros = bomb("zeros.csv.gz", "", "\0".repeat(64 * MIB), 64, "");
        Path oneLine = bomb("one-line.csv.gz", "user_id\n", "7".repeat(64 * MIB), 64, "");
        String row = "2,\"" + "x".repeat(60_000) + "\n\"\n";
        Path longRows = bomb("long-rows.csv.gz", "user_id,note\n", row.repeat(512), 4, "");

        List<String> errors = run("-Xmx64m", largeFields, zeros, oneLine, longRows);

        assertThat(errors)
                .satisfiesExactly(
                        line -> assertThat(line).contains("64 rows skipped"),
                        line -> assertThat(line)
                                .isEqualTo("fuse-users: " + zeros
                                        + ", line 1: there is a NUL byte, so this is a binary file, not a CSV;"
                                        + " save it as CSV in UTF-8 and run again."),
                        line -> assertThat(line)
                                .isEqualTo("fuse-users: " + oneLine + ", line 2: the line has no end within 50331648"
                                        + " bytes, so this is not a CSV of users; save it as CSV and run again."),
                        line -> assertThat(line).contains("2,047 rows skipped"));
        assertThat(world.texts("select run_id || ' ' || outcome || ' ' || count(*) from fuse_batch.run_outcomes"
                        + " group by run_id, outcome order by 1"))
                .containsExactly("1 DEACTIVATED 1", "1 MALFORMED 64", "2 DEACTIVATED 1", "2 DUPLICATE 2047");
        assertThat(world.count("select max(line) from fuse_batch.run_rows where run_id = 2"))
                .isEqualTo(2 * 2_047 + 2);
    }

    /** Characters that take two bytes in the heap, and as many fields as a record may have. */
    @Test
    void theLargestRecordsFitIn256MiB() throws Exception {
        world.users(1, 2);
        Path quoted = bomb("quoted.csv.gz", "user_id\n\"", "€\n".repeat(4 * MIB), 8, "");
        Path fields = bomb("fields.csv.gz", "user_id\n1", ",€".repeat(MIB), 1, "\n2\n");

        List<String> errors = run("-Xmx256m", quoted, fields);

        assertThat(errors)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("fuse-users: " + quoted
                                        + ", line 2: the record that starts here has no end within 16777216"
                                        + " characters, probably an unclosed quote; close it and run again."),
                        line -> assertThat(line).contains("1 row skipped"));
        assertThat(world.texts("select id::text from users where not active")).containsExactly("2");
    }

    private List<String> run(String heap, Path... files) throws IOException, InterruptedException {
        String[] command = Stream.concat(
                        Stream.of("deactivate", "--yes", "--max-bad-percent=100"),
                        Stream.of(files).map(Path::toString))
                .toArray(String[]::new);
        ProcessBuilder program = fuseUsers.process(command);
        program.command().add(program.command().indexOf("-cp"), heap);
        Path errors = folder.resolve("err.txt");
        Process process = program.redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(errors);
        assertThat(process.exitValue()).as(lines.toString()).isEqualTo(65);
        return lines;
    }

    private Path write(String name, String start, String part, int parts, String end) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(start.getBytes(UTF_8));
            for (int i = 0; i < parts; i++) {
                out.write(part.getBytes(UTF_8));
            }
            out.write(end.getBytes(UTF_8));
        }
        return file;
    }

    /** A gzip file that holds the part compressed once and many times over, each as a member. */
    private Path bomb(String name, String start, String part, int parts, String end) throws IOException {
        byte[] member = gzip(part);
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(gzip(start));
            for (int i = 0; i < parts; i++) {
                out.write(member);
            }
            out.write(gzip(end));
        }
        return file;
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content.getBytes(UTF_8));
        }
        return compressed.toByteArray();
    }
}
