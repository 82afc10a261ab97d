package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The help groups options by purpose, and says where the database and the exit codes are described. */
@ExtendWith(TestPlatform.class)
record HelpTest(FuseUsers fuseUsers) {

    private static final String SETTINGS = """

            Database: SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and
            SPRING_DATASOURCE_PASSWORD, or files of these settings under /etc/fuse-users/
            Exit codes: see "fuse-users help exit-codes"
            """;

    @Test
    void groupsTheOptionsByPurpose() {
        List<String> headings = help("deactivate", "--help")
                .lines()
                .filter(line -> line.matches("[A-Z][a-z ]+:"))
                .toList();

        assertThat(headings)
                .containsExactly(
                        "Input:",
                        "Plan and confirmation:",
                        "Limits on the rows:",
                        "Guard:",
                        "Result and report:",
                        "Speed:",
                        "Waiting while the database is in trouble:",
                        "Examples:");
        assertThat(help("deactivate", "--help"))
                .startsWith("Usage: fuse-users deactivate [OPTIONS] [FILE or FOLDER...]\n")
                .containsPattern("Guard:\n +--max-percent=P [^:]+command together. Default: 20, [^:]+ --max-users=N ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "deactivate --help", "runs --help", "runs show --help", "check --help", "help undo"})
    void endsWithTheSettingsOfTheDatabaseAndThePageOfTheExitCodes(String command) {
        assertThat(help(command.split(" "))).endsWith(SETTINGS).doesNotContain("143  ");
    }

    @Test
    void theExitCodesHaveAPage() {
        String codes = fuseUsers.run("exit-codes").exits(0).out();

        assertThat(codes)
                .startsWith("  0     every row has the requested result, or --accept-skips is given\n")
                .endsWith("""
                          143   SIGTERM or "stop" stopped the run after the current chunk; the same
                                  command resumes the run
                        """)
                .hasLineCount(18);
        assertThat(help("help", "exit-codes")).contains("\nExit codes:\n" + codes);
    }

    private String help(String... command) {
        return fuseUsers.run(command).exits(0).out();
    }
}
