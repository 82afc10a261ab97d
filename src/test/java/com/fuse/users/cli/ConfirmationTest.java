package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.AnsweredCommand;
import com.fuse.users.FuseUsers;
import com.fuse.users.FuseUsers.Result;
import com.fuse.users.PseudoTerminal;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Before the first write, a person is asked on the terminal, and sees what the dry run shows. */
@ExtendWith(TestPlatform.class)
class ConfirmationTest {

    private static final String SHOWN = """
            6 rows name 4 users; 2 would be deactivated, of 9 active users (22.2 %%)

              Outcome                                  Rows
              DEACTIVATED                                 2
              COMMUNITY_ADMIN                             1
              NOT_FOUND                                   1
              DUPLICATE                                   1
              MALFORMED                                   1

              To be deleted from                       Rows
              auto_login_tokens                           0
              device_tokens                               2
              oauth_tokens                                0
              membership_requests                         0
              community_memberships                       1
              certificates                                0

            Deactivate 2 users on %s? [y/N] """;

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final String input;

    ConfirmationTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        world.users(1, 9);
        world.community(5);
        world.member(1, 5);
        world.admin(3, 5);
        world.execute(
                "insert into device_tokens (user_id, token_hash, platform) values (1, '\\x01', 'ios'), (2, '\\x02', 'ios')");
        input = fuseUsers.input("leavers.csv", "user_id", "1", "2", "3", "99", "1", "x");
    }

    @Test
    void theQuestionShowsWhatTheDryRunShows() throws Exception {
        AnsweredCommand answered = AnsweredCommand.run(fuseUsers, "n", "deactivate", input);

        assertThat(answered.exit()).isEqualTo(77);
        assertThat(answered.shown()).contains(SHOWN.formatted(fuseUsers.database()));
        String plan = fuseUsers.run("deactivate", "--dry-run", input).exits(4).out();
        assertThat(plan).contains(tables());
    }

    /** Without the terminal, a redirection would teach people to use --yes. */
    @ParameterizedTest
    @ValueSource(strings = {"%s > out.txt", "%s < /dev/null", "%s < /dev/null > out.txt 2> err.txt"})
    void theQuestionIsAskedOnTheTerminalEvenIfOutputOrInputAreRedirected(String redirection) throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.start(shell(redirection, "deactivate", input))) {
            terminal.type("y\n");

            assertThat(terminal.awaitExit()).as(terminal.shown()).isEqualTo(4);
            assertThat(terminal.shown())
                    .contains(tables() + "\nDeactivate 2 users on %s? [y/N] ".formatted(fuseUsers.database()));
        }
        assertThat(world.texts("select id::text from users where not active order by id"))
                .containsExactly("1", "2");
    }

    @Test
    void theInputMayComeThroughAPipe() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.start(shell("cat " + input + " | %s", "deactivate", "-"))) {
            terminal.type("y\n");

            assertThat(terminal.awaitExit()).as(terminal.shown()).isEqualTo(4);
        }
        assertThat(world.texts("select id::text from users where not active order by id"))
                .containsExactly("1", "2");
    }

    /** The terminal would suspend it when it reads the answer, and it would wait for ever. */
    @Test
    void aBackgroundProcessIsRefusedInsteadOfSuspended() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.start(
                shell("set -m; %s < /dev/null > out.txt 2> err.txt & wait $!", "deactivate", input))) {
            assertThat(terminal.awaitExit()).as(terminal.shown()).isEqualTo(77);
        }
        assertThat(Files.readString(folder.resolve("err.txt")))
                .isEqualTo("fuse-users: there is no terminal to confirm the run on; run it again with --yes\n");
    }

    @Test
    void withoutATerminalNothingIsStagedAndNoRunIsMade() {
        Result refused = fuseUsers.run("deactivate", input).exits(77);

        assertThat(refused.err())
                .isEqualTo("fuse-users: there is no terminal to confirm the run on; run it again with --yes\n");
        assertThat(refused.out()).isEmpty();
        assertThat(fuseUsers.run("runs").exits(0).out()).doesNotContain("deactivate");
    }

    private static String tables() {
        return SHOWN.substring(SHOWN.indexOf("\n\n") + 1, SHOWN.indexOf("\nDeactivate"));
    }

    /** The command in a shell, on the terminal of the shell. */
    private ProcessBuilder shell(String line, String... arguments) throws IOException {
        ProcessBuilder program = fuseUsers.process(arguments);
        List<String> quoted = new ArrayList<>();
        program.command().forEach(word -> quoted.add("'" + word + "'"));
        Path script = Files.writeString(folder.resolve("command.sh"), line.formatted(String.join(" ", quoted)) + "\n");
        program.command("bash", script.toString());
        program.environment().remove(FuseUsers.variable(Terminal.SETTING));
        return program;
    }
}
