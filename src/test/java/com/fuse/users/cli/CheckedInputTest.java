package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code check} reads the inputs as a run does, and names a fault in the words of the run. */
@ExtendWith(TestPlatform.class)
record CheckedInputTest(World world, Path folder, FuseUsers fuseUsers) {

    @Test
    void namesTheFormatAndTheRowsOfEachFile() throws IOException {
        Path inbox = Files.createDirectory(folder.resolve("inbox"));
        Files.writeString(inbox.resolve("a.csv"), "Fuse ID;note\n1;x\n;\n2;y\n");
        Files.writeString(inbox.resolve("b.csv"), "email\na@example.org");

        assertThat(checked(0, inbox.toString()))
                .containsExactly(
                        "ok       input          " + inbox.resolve("a.csv")
                                + ": UTF-8, delimiter ';', header, column 1 'Fuse ID' (user ID); not used: 'note'; 2 rows;"
                                + " 1 blank record",
                        "ok       input          " + inbox.resolve("b.csv")
                                + ": UTF-8, delimiter ',', header, column 1 'email' (e-mail address); 1 row; the last line has"
                                + " no line end, so the file may be cut off; --expect-rows N makes sure");
        assertThat(world.texts("select id::text from fuse_batch.runs")).isEmpty();
    }

    @Test
    void warnsOfRowsThatWouldBeSkipped() {
        String input = fuseUsers.input("leavers.csv", "user_id", "1", "x", "y");

        assertThat(checked(0, input))
                .containsExactly("warning  input          " + input
                        + ": UTF-8, delimiter ',', header, column 1 'user_id' (user ID); 3 rows; 2 malformed, the first on"
                        + " line 3: user ID " + message(input));
    }

    /** The message in the report of a plan. */
    private String message(String input) {
        fuseUsers.run("deactivate", "--dry-run", input).exits(4);
        return world.texts("select message from fuse_batch.run_outcomes where line = 3")
                .get(0)
                .replaceFirst("^user ID ", "");
    }

    @Test
    void aFileThatARunWouldRefuseFailsWithTheSameMessage() throws IOException {
        List<String> inputs = new ArrayList<>(List.of(
                fuseUsers.input("unclosed.csv", "user_id,note", "1,a", "2,\"b"),
                fuseUsers.input("other.csv", "user_id", "1", "email"),
                fuseUsers.input("json.csv", "[{\"user_id\": 1}]"),
                fuseUsers.input("unknown.csv", "colour", "red"),
                fuseUsers.input("bad.csv", "user_id", "a", "b", "c", "d", "e", "6"),
                Files.createFile(folder.resolve("empty.csv")).toString(),
                Files.write(folder.resolve("nul.csv"), new byte[] {'1', '\n', 0})
                        .toString()));

        assertThat(inputs).allSatisfy(input -> {
            String refusal = fuseUsers
                    .run("deactivate", "--yes", input)
                    .exits(65)
                    .err()
                    .strip()
                    .substring("fuse-users: ".length());
            assertThat(refusal).startsWith(input);
            assertThat(checked(78, input)).containsExactly("FAILED   input          " + refusal);
        });
        assertThat(checked(78, inputs.toArray(String[]::new))).hasSize(7);
    }

    @Test
    void theOptionsOfTheRunApply() {
        String input = fuseUsers.input("names.csv", "x,anna", "y,bert");

        assertThat(checked(0, "--no-header", "--column", "2", "--identifier", "username", "--expect-rows", "2", input))
                .containsExactly("ok       input          " + input
                        + ": UTF-8, delimiter ',', no header, column 2 (username); not used: 1 column; 2 rows");
        assertThat(checked(78, "--no-header", "--column", "2", "--identifier", "username", "--expect-rows", "3", input))
                .containsExactly(
                        "FAILED   input          " + input
                                + ": the input has 2 rows, not the 3 of --expect-rows; get the complete file, or correct the option");
        assertThat(fuseUsers.run("check", "--column", "4711", input).exits(64).err())
                .startsWith("fuse-users: --column takes a heading, but '4711' looks like a user; ");
    }

    /** The lines about the input. */
    private List<String> checked(int exit, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("check", "--report-dir", folder.resolve("reports").toString()));
        command.addAll(List.of(arguments));
        return fuseUsers
                .run(command.toArray(String[]::new))
                .exits(exit)
                .out()
                .lines()
                .filter(line -> line.substring(9).startsWith("input "))
                .toList();
    }
}
