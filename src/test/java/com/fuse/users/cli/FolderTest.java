package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A folder means its files, each with its own run. A completed file is recognized by its content. */
@ExtendWith(TestPlatform.class)
class FolderTest {

    private static final String RUNS =
            "select id || ' ' || input_name || ' ' || exit_code from fuse_batch.runs order by id";

    private final World world;
    private final FuseUsers fuseUsers;
    private final Path inbox;

    FolderTest(World world, Path folder, FuseUsers fuseUsers) throws IOException {
        this.world = world;
        this.fuseUsers = fuseUsers;
        inbox = Files.createDirectory(folder.resolve("inbox"));
    }

    @BeforeEach
    void makeUsers() {
        world.users(1, 9);
    }

    @Test
    void everyFileHasItsOwnRunInTheOrderOfTheNames() throws IOException {
        file("b.csv", "user_id\n2\n");
        file("a.csv.gz", gzip("user_id\n1\n"));
        file("c.csv", "user_id\n3\n");
        file("d.txt", "user_id\n4\n");
        file("e.csv.part", "user_id\n5\n");
        Files.createDirectory(inbox.resolve("g.csv"));

        deactivateInbox().exits(0);

        assertThat(world.texts(RUNS))
                .containsExactly(
                        "1 " + inbox.resolve("a.csv.gz") + " 0",
                        "2 " + inbox.resolve("b.csv") + " 0",
                        "3 " + inbox.resolve("c.csv") + " 0");
        assertThat(inactive()).isEqualTo("1 2 3");
        assertThat(fuseUsers.outcomes(1)).element(1).isEqualTo("2,1,1,DEACTIVATED,,");
        assertThat(fuseUsers.outcomes(2)).element(1).isEqualTo("2,2,2,DEACTIVATED,,");
    }

    @Test
    void completedFilesAreNamedAndNotRunAgain() throws IOException {
        file("a.csv", "user_id\n1\n");
        deactivateInbox();
        bringBack(1);
        file("b.csv", "user_id\n2\n");

        FuseUsers.Result result = deactivateInbox().exits(0);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()
                        .lines()
                        .dropWhile(line -> !line.equals("Inputs:"))
                        .skip(1)
                        .map(FolderTest::withoutTime))
                .containsExactly(
                        "  " + inbox.resolve("a.csv")
                                + ": passed over, run 1 completed it on TIME; --again runs it again",
                        "  " + inbox.resolve("b.csv")
                                + ": run 2, exit 0: every row has the requested result, or --accept-skips is given");
        assertThat(inactive()).isEqualTo("2");
        assertThat(world.texts(RUNS)).hasSize(2);
    }

    @Test
    void aFileThatWasCompletedWithSkipsIsNotRunAgain() throws IOException {
        file("a.csv", "user_id\n1\n99\n");
        deactivateInbox().exits(4);
        bringBack(1);

        deactivateInbox().exits(0);

        assertThat(inactive()).isEmpty();
    }

    @Test
    void theSameContentIsNotRunAgainUnderAnotherNameOrCompressed() throws IOException {
        file("a.csv", "user_id\n1\n");
        file("copy.csv", "user_id\n1\n");
        file("copy.csv.gz", gzip("user_id\n1\n"));

        FuseUsers.Result result = deactivateInbox().exits(0);

        assertThat(result.out())
                .contains(
                        inbox.resolve("copy.csv") + ": passed over, run 1 ",
                        inbox.resolve("copy.csv.gz") + ": passed over, run 1 ");
        assertThat(world.texts(RUNS)).containsExactly("1 " + inbox.resolve("a.csv") + " 0");
    }

    @Test
    void theDateOfACompletionIsTheEndOfTheRun() throws IOException {
        file("a.csv", "user_id\n1\n");
        deactivateInbox();
        world.execute(
                "update fuse_batch.runs set started_at = '2024-05-06T12:00:00Z', ended_at = '2024-05-08T12:00:00Z'");

        assertThat(deactivateInbox().out()).contains("run 1 completed it on 2024-05-08");
        assertThat(fuseUsers
                        .run("deactivate", "--yes", inbox.resolve("a.csv").toString())
                        .out())
                .contains("The same input was completed before, by run 1 on 2024-05-08");
    }

    @Test
    void theOptionAgainRunsCompletedFilesToo() throws IOException {
        file("a.csv", "user_id\n1\n");
        deactivateInbox();
        bringBack(1);

        FuseUsers.Result result = fuseUsers
                .run("deactivate", "--yes", "--again", inbox.toString())
                .exits(0);

        assertThat(result.out()).doesNotContain("passed over");
        assertThat(inactive()).isEqualTo("1");
        assertThat(world.texts(RUNS)).hasSize(2);
    }

    @Test
    void aFileNamedOnTheCommandLineRunsAgainAndNamesItsEarlierRun() throws IOException {
        file("a.csv", "user_id\n1\n");
        deactivateInbox();
        bringBack(1);

        FuseUsers.Result result = fuseUsers
                .run("deactivate", "--yes", inbox.resolve("a.csv").toString())
                .exits(0);

        assertThat(result.out()).contains("The same input was completed before, by run 1 on ");
        assertThat(inactive()).isEqualTo("1");
        assertThat(world.texts(RUNS)).hasSize(2);
    }

    @Test
    void aChangedFileIsAnotherInput() throws IOException {
        file("a.csv", "user_id\n1\n");
        deactivateInbox();
        file("a.csv", "user_id\n1\n2\n");

        FuseUsers.Result result = deactivateInbox();

        assertThat(result.out()).startsWith(fuseUsers.opened(2)).doesNotContain("passed over", "completed before");
        assertThat(inactive()).isEqualTo("1 2");
    }

    @Test
    void aRefusedFileIsRunAgain() throws IOException {
        file("a.csv", "user_id\n1\n");
        fuseUsers
                .run("deactivate", "--yes", "--max-users", "0", inbox.toString())
                .exits(77);

        deactivateInbox().exits(0);

        assertThat(inactive()).isEqualTo("1");
    }

    @Test
    void aFileThatHadOnlyADryRunIsRun() throws IOException {
        file("a.csv", "user_id\n1\n");
        fuseUsers.run("deactivate", "--dry-run", inbox.toString()).exits(0);

        deactivateInbox().exits(0);

        assertThat(inactive()).isEqualTo("1");
    }

    @Test
    void aRefusalEndsTheCommandBeforeTheNextFile() throws IOException {
        file("a.csv", "user_id\n1\n");
        file("b.csv", "user_id\n2\n3\n");
        file("c.csv", "user_id\n4\n");

        FuseUsers.Result result = fuseUsers
                .run("deactivate", "--yes", "--max-users", "1", inbox.toString())
                .exits(77);

        assertThat(result.err().lines()).singleElement().asString().contains("3 users", "1 of them", "--max-users 1");
        assertThat(inactive()).isEqualTo("1");
        assertThat(world.texts(RUNS))
                .containsExactly("1 " + inbox.resolve("a.csv") + " 0", "2 " + inbox.resolve("b.csv") + " 77");
    }

    @Test
    void aFailureEndsTheCommandBeforeTheNextFile() throws IOException {
        file("a.csv", "user_id\n1\n");
        file("b.csv", "user_id\n2\n");
        world.breakChunks();

        deactivateInbox().exits(1);

        assertThat(world.texts("select input_name from fuse_batch.runs"))
                .containsExactly(inbox.resolve("a.csv").toString());
    }

    @Test
    void anUnreadableFileDoesNotStopTheOthersAndDeterminesTheExitCode() throws IOException {
        file("a.csv", "user_id\n1\n99\n");
        file("b.csv", "user_id\n2\n\"3");
        file("c.csv", "");
        file("d.csv", "user_id\n4\n");

        FuseUsers.Result result = deactivateInbox().exits(65);

        assertThat(result.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("skipped.csv"),
                        line -> assertThat(line).contains(inbox.resolve("b.csv") + ", line 3: "),
                        line -> assertThat(line).contains(inbox.resolve("c.csv") + ": "));
        assertThat(inactive()).isEqualTo("1 4");
    }

    @Test
    void standardInputIsAlsoRecognizedByItsContent() throws IOException {
        InputStream terminal = System.in;
        System.setIn(new ByteArrayInputStream("user_id\n1\n".getBytes(StandardCharsets.UTF_8)));
        try {
            fuseUsers.run("deactivate", "--yes", "-").exits(0);
        } finally {
            System.setIn(terminal);
        }
        assertThat(world.texts(RUNS)).containsExactly("1 standard input 0");
        assertThat(inactive()).isEqualTo("1");

        file("a.csv", "user_id\n1\n");

        assertThat(deactivateInbox().out())
                .startsWith(fuseUsers.line() + "\nInputs:\n  " + inbox.resolve("a.csv") + ": passed over, run 1 ");
    }

    @Test
    void compressedContentResumesTheRunOfThePlainFile() throws IOException {
        file("a.csv", "user_id\n1\n");
        world.breakChunks();
        deactivateInbox().exits(1);
        world.mendChunks();
        Files.delete(inbox.resolve("a.csv"));
        file("renamed.csv.gz", gzip("user_id\n1\n"));

        FuseUsers.Result resumed = deactivateInbox().exits(0);

        assertThat(resumed.out()).startsWith(fuseUsers.opened(1)).contains(", resumed; ");
        assertThat(world.texts("select id || ' ' || exit_code from fuse_batch.runs"))
                .containsExactly("1 0");
        assertThat(inactive()).isEqualTo("1");
    }

    private FuseUsers.Result deactivateInbox() {
        return fuseUsers.run("deactivate", "--yes", inbox.toString());
    }

    private void bringBack(long user) {
        world.execute("update users set active = true, deactivated_at = null where id = ?", user);
    }

    private String inactive() {
        return String.join(" ", world.texts("select id::text from users where not active order by id"));
    }

    private void file(String name, String content) throws IOException {
        Files.writeString(inbox.resolve(name), content);
    }

    private void file(String name, byte[] content) throws IOException {
        Files.write(inbox.resolve(name), content);
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return compressed.toByteArray();
    }

    private static String withoutTime(String line) {
        return line.replaceFirst("\\d{4}-\\S+Z", "TIME");
    }
}
