package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A file that another program writes to or replaces is either run with its original content or refused. */
@ExtendWith(TestPlatform.class)
class ChangingFileTest {

    private static final int ROWS = 20_000;
    private static final String CHANGED =
            ": the file changed while it was read; wait until it is complete and run again.\n";

    private static final String BEFORE_STAGING = "fuse_batch.runs";
    private static final String AT_STAGING = "fuse_batch.run_rows";

    private interface Change {
        void apply() throws IOException;
    }

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private Path file = Path.of("");
    private Map<String, List<String>> before = Map.of();

    ChangingFileTest(TestDatabase database, World world, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
    }

    @BeforeEach
    void writeMoreThanIsReadAhead() {
        world.users(1, 2);
        before = world.platform();
        String[] lines = new String[ROWS + 1];
        lines[0] = "user_id";
        for (int i = 1; i <= ROWS; i++) {
            lines[i] = "0000001";
        }
        file = Path.of(fuseUsers.input("users.csv", lines));
    }

    @Test
    void aFileThatGrowsWhileItIsReadIsRefused() throws IOException {
        assertRefused(65, CHANGED, run(AT_STAGING, () -> Files.writeString(file, "2\n", StandardOpenOption.APPEND)));
    }

    @Test
    void aFileThatIsTruncatedWhileItIsReadIsRefused() throws IOException {
        assertRefused(65, CHANGED, run(AT_STAGING, () -> {
            byte[] content = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(content, content.length - 8));
        }));
    }

    @Test
    void aFileThatIsOverwrittenWhileItIsReadIsRefused() throws IOException {
        assertRefused(65, CHANGED, run(AT_STAGING, () -> {
            String content = Files.readString(file);
            Files.writeString(file, content.substring(0, content.length() - 2) + "2\n");
        }));
    }

    @Test
    void aFileThatIsReplacedWhileItIsReadIsReadWithItsOriginalContent() throws IOException {
        Path other = Path.of(fuseUsers.input("other.csv", "user_id", "2"));

        run(AT_STAGING, () -> Files.move(other, file, StandardCopyOption.REPLACE_EXISTING))
                .exits(4);

        assertThat(world.texts("select id::text from users where not active")).containsExactly("1");
        assertThat(world.count("select count(*) from fuse_batch.run_rows")).isEqualTo(ROWS);
    }

    @Test
    void aFileThatIsReplacedBeforeItIsReadIsRefused() throws IOException {
        Path other = Path.of(fuseUsers.input("other.csv", "user_id", "2"));

        assertRefused(
                65, CHANGED, run(BEFORE_STAGING, () -> Files.move(other, file, StandardCopyOption.REPLACE_EXISTING)));
    }

    @Test
    void aFileThatBecomesABinaryBeforeItIsReadIsRefused() throws IOException {
        assertRefused(
                65,
                ", line 2: there is a NUL character, so this is not a CSV; save it as CSV in UTF-8 and run again.\n",
                run(BEFORE_STAGING, () -> Files.write(file, new byte[] {'i', 'd', '\n', 0})));
    }

    @Test
    void aFileThatIsDeletedBeforeItIsReadIsMissing() throws IOException {
        assertRefused(
                66,
                ": cannot be read (it does not exist); check that it exists and may be read, and run again.\n",
                run(BEFORE_STAGING, () -> Files.delete(file)));
    }

    /** Changes the file when the run has computed its digest and is about to write the first row of the table. */
    private FuseUsers.Result run(String table, Change change) throws IOException {
        try (OtherSession gate = new OtherSession(database)) {
            gate.execute("lock table " + table + " in exclusive mode");
            CompletableFuture<FuseUsers.Result> run =
                    CompletableFuture.supplyAsync(() -> fuseUsers.run("deactivate", "--yes", file.toString()));
            gate.awaitBlocked(1);
            change.apply();
            gate.close();
            return run.join();
        }
    }

    private void assertRefused(int exit, String problem, FuseUsers.Result result) {
        assertThat(result.err()).isEqualTo("fuse-users: " + file + problem);
        result.exits(exit);
        assertThat(world.platform()).isEqualTo(before);
        assertThat(world.count("select count(*) from fuse_batch.run_rows")).isZero();
        assertThat(world.texts("select exit_code::text from fuse_batch.runs")).containsExactly(String.valueOf(exit));
    }
}
