package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An input without read permission is detected before the first input is run. Root may read everything, so as root the
 * tests start the program without that privilege.
 */
@ExtendWith(TestPlatform.class)
record UnreadableFileTest(World world, Path folder, FuseUsers fuseUsers) {

    private static final List<String> WITHOUT_PRIVILEGE = List.of(
            "setpriv", "--inh-caps=-dac_override,-dac_read_search", "--bounding-set=-dac_override,-dac_read_search");

    @Test
    void noFileIsRunIfOneMayNotBeRead() throws Exception {
        Path file = Files.writeString(folder.resolve("secret.csv"), "1\n");

        assertMissing(file, file);
    }

    @Test
    void noFileOfAFolderIsRunIfOneMayNotBeRead() throws Exception {
        Path inbox = Files.createDirectory(folder.resolve("inbox"));
        Files.writeString(inbox.resolve("a.csv"), "1\n");

        assertMissing(inbox, Files.writeString(inbox.resolve("b.csv"), "1\n"));
    }

    @Test
    void aFolderThatMayNotBeReadDoesNotCountAsEmpty() throws Exception {
        Path inbox = Files.createDirectory(folder.resolve("inbox"));

        assertMissing(inbox, inbox);
    }

    private void assertMissing(Path operand, Path unreadable) throws IOException, InterruptedException {
        world.user(1);
        Map<String, List<String>> before = world.platform();
        String readable = fuseUsers.input("readable.csv", "user_id", "1");
        ProcessBuilder program = fuseUsers.process("deactivate", "--yes", readable, operand.toString());
        if (System.getProperty("user.name").equals("root")) {
            program.command().addAll(0, WITHOUT_PRIVILEGE);
        }
        Path errors = folder.resolve("err.txt");
        Files.setPosixFilePermissions(unreadable, PosixFilePermissions.fromString("---------"));
        try {
            Process process = program.redirectError(errors.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(errors)
                    .hasContent("fuse-users: " + unreadable
                            + ": may not be read; give this user the right to read it and run again.");
            assertThat(process.exitValue()).isEqualTo(66);
        } finally {
            Files.setPosixFilePermissions(unreadable, PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(world.platform()).isEqualTo(before);
        assertThat(world.count("select count(*) from fuse_batch.runs")).isZero();
    }
}
