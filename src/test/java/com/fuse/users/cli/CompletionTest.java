package com.fuse.users.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell accepts the script and then completes the commands and options of the program. */
class CompletionTest {

    private static final Path BASH = Path.of("/bin/bash");

    /** Completes the words that it is given, as bash does when TAB is pressed. */
    private static final String TAB = """
            compopt() { :; } # works in a prompt alone
            source ./completion
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            $(complete -p fuse-users | sed 's/.*-F \\([^ ]*\\).*/\\1/')
            printf '%s\\n' "${COMPREPLY[@]}"
            """;

    private final TestDatabase database = TestDatabase.createUnmigrated();
    private final Path folder;

    CompletionTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void writeTheScript() throws IOException {
        assumeThat(BASH).isExecutable();
        FuseUsers.Result script =
                new FuseUsers(database, folder).run("generate-completion").exits(0);
        assertThat(script.err()).isEmpty();
        Files.writeString(folder.resolve("completion"), script.out());
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void bashAcceptsTheScript() throws IOException, InterruptedException {
        assertThat(bash("-n", "completion")).isEmpty();
    }

    @Test
    void offersEveryCommand() throws IOException, InterruptedException {
        assertThat(completions("fuse-users", ""))
                .containsExactlyInAnyOrderElementsOf(
                        FuseUsersCommand.commandLine().getSubcommands().keySet());
        assertThat(completions("fuse-users", "dea")).containsExactly("deactivate");
        assertThat(completions("fuse-users", "runs", "s")).containsExactly("show");
    }

    @Test
    void offersTheOptionsOfTheCommand() throws IOException, InterruptedException {
        assertThat(completions("fuse-users", "deactivate", "--d")).containsExactly("--dry-run");
        assertThat(completions("fuse-users", "communities", "--")).containsOnly("--output", "--help", "--version");
    }

    private List<String> completions(String... words) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-c", TAB, "bash"));
        arguments.addAll(List.of(words));
        return bash(arguments.toArray(String[]::new)).lines().toList();
    }

    private String bash(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(BASH.toString()));
        command.addAll(List.of(arguments));
        Process bash = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor()).as(printed).isZero();
        return printed;
    }
}
