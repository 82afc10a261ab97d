package com.fuse.users.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The command that applies a plan names the plan's input, also if a file is called like another kind of input. */
@ExtendWith(TestPlatform.class)
class NextStepsTest {

    private final World world;
    private final FuseUsers fuseUsers;
    private final Path folder;

    NextStepsTest(World world, FuseUsers fuseUsers, Path folder) {
        this.world = world;
        this.fuseUsers = fuseUsers;
        this.folder = folder;
        world.users(1, 4);
    }

    @Test
    void aFileCalledStandardInputIsAFile() throws Exception {
        fuseUsers.input("standard input", "user_id", "1");

        plan("standard input");

        assertThat(applyCommand()).isEqualTo("fuse-users deactivate --plan 1 'standard input'");
        apply("standard input");
    }

    @Test
    void aFileCalledLikeAnOptionIsAFile() throws Exception {
        fuseUsers.input("--user x.csv", "user_id", "1");

        plan("--", "--user x.csv");

        assertThat(applyCommand()).isEqualTo("fuse-users deactivate --plan 1 './--user x.csv'");
        apply("./--user x.csv");
    }

    @Test
    void standardInputIsADash() throws Exception {
        fuseUsers.input("ids.csv", "user_id", "1");

        plan("-");

        assertThat(applyCommand()).isEqualTo("fuse-users deactivate --plan 1 -");
        apply("-");
    }

    @Test
    void namedUsersAreNamedAgain() throws Exception {
        plan("--user", "1");

        assertThat(applyCommand()).isEqualTo("fuse-users deactivate --plan 1 --user 1");
        apply("--user", "1");
    }

    private String applyCommand() {
        return String.valueOf(fuseUsers.summary(1).get("apply_command"));
    }

    private void plan(String... input) throws IOException, InterruptedException {
        run("--dry-run", input);

        assertThat(world.count("select count(*) from users where active")).isEqualTo(4);
    }

    private void apply(String... input) throws IOException, InterruptedException {
        run("--plan=1", input);

        assertThat(world.texts("select id::text from users where not active")).containsExactly("1");
    }

    /** In the test's folder, so that a file's name is relative. */
    private void run(String option, String... input) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of("deactivate", "--yes", "--report-dir", "reports", option), Stream.of(input))
                .toList();
        Path ids = folder.resolve("ids.csv");
        Path printed = folder.resolve("printed.txt");
        ProcessBuilder process = fuseUsers
                .process(command.toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        if (ids.toFile().exists()) {
            process.redirectInput(ids.toFile());
        }

        assertThat(process.start().waitFor()).as(Files.readString(printed)).isZero();
    }
}
