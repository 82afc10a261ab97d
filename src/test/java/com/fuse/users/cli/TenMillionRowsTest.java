package com.fuse.users.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program with a heap of 256 MiB accounts for 10 million rows from a pipe. */
@Tag("slow")
@ExtendWith(TestPlatform.class)
record TenMillionRowsTest(World world, Path folder, FuseUsers fuseUsers) {

    private static final int ROWS = 10_000_000;
    private static final int IDS = 5_000_000;
    private static final int USERS = 100_000;
    private static final int MALFORMED_EVERY = 100;

    @Test
    void everyRowHasAnOutcome() throws Exception {
        world.users(1, USERS);
        ProcessBuilder program =
                fuseUsers.process("deactivate", "--yes", "--accept-skips", "--max-percent", "100", "-");
        program.command().add(program.command().indexOf("-cp"), "-Xmx256m");
        Path errors = folder.resolve("err.txt");
        Process process = program.redirectError(errors.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
        try {
            writeRows(process);
            assertThat(process.waitFor(60, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        assertThat(world.texts(
                        "select outcome || ' ' || count(*) from fuse_batch.run_outcomes group by outcome order by 1"))
                .containsExactly("DEACTIVATED 99000", "DUPLICATE 4950000", "MALFORMED 100000", "NOT_FOUND 4851000");
        assertThat(world.count("select count(*) from users where active")).isEqualTo(1_000);
        try (Stream<String> lines = Files.lines(folder.resolve("reports/run-1/outcomes.csv"))) {
            assertThat(lines.count()).isEqualTo(ROWS + 1);
        }
    }

    private static void writeRows(Process process) throws IOException {
        try (Writer rows = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), US_ASCII))) {
            rows.write("user_id\n");
            for (int i = 1; i <= ROWS; i++) {
                rows.write(i % MALFORMED_EVERY == 0 ? "x" + i : String.valueOf(i % IDS + 1));
                rows.write('\n');
            }
        }
    }
}
