package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.cli.FuseUsersCommand;
import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.csv.Identifier;
import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.deactivation.Deactivation;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.input.InputKind;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunOptions;
import com.fuse.users.run.StagedInput;
import com.fuse.users.tables.Change;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The README is short, and says what the program says. */
class ReadmeTest {

    private static final int MAX_LINES = 180;

    private final MarkdownPage readme = MarkdownPage.read(Path.of("README.md"));

    @Test
    void canBeReadInOneGo() {
        assertThat(readme.lines()).hasSizeLessThanOrEqualTo(MAX_LINES);
    }

    @Test
    void givesEveryExitCodeItsMeaningInTheWordsOfTheHelp() {
        Map<String, String> help = Objects.requireNonNull(
                        FuseUsersCommand.commandLine().getSubcommands().get("exit-codes"))
                .getCommandSpec()
                .usageMessage()
                .exitCodeList();
        assertThat(help.keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ExitCode.values())
                        .map(exitCode -> String.valueOf(exitCode.status()))
                        .toList());
        assertThat(readme.table("exit")).extracting(row -> row.get(0)).containsExactlyElementsOf(help.keySet());
        help.forEach((status, meaning) -> assertThat(readme.text().replace("`", ""))
                .contains("| %s | %s |".formatted(status, meaning.replace("\"", ""))));
    }

    /** "A new deactivation step is one entry in one list" also means that the README names its table. */
    @Test
    void namesTheTableOfEveryStepOfADeactivationInItsOrder() {
        assertThat(readme.table("table"))
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(change().tables().stream()
                        .map(change -> "`%s`".formatted(change.table()))
                        .toList());
    }

    @Test
    void saysWhichDeletedRowsNeverComeBack() {
        assertThat(readme.table("table"))
                .filteredOn(row -> row.get(2).startsWith("never back"))
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(change().deletions().stream()
                        .filter(deletion ->
                                deletion.notBack() != null && deletion.notBack().never())
                        .map(deletion -> "`%s`".formatted(deletion.table()))
                        .toList());
    }

    private static Change change() {
        return new Deactivation(staging -> new StagedInput("", List.of(), List.of(Identifier.USER_ID), false, 0, false))
                .change(deactivation());
    }

    private static Run deactivation() {
        return new Run(
                1,
                "deactivate",
                new RunOptions(ColumnChoice.NONE, false, null, null, null, false),
                null,
                InputKind.FILE,
                "leavers.csv",
                "",
                null,
                List.of(),
                List.of(Identifier.USER_ID),
                false,
                null,
                false,
                null,
                Instant.EPOCH,
                null,
                null,
                false,
                new DatabaseLogin("localhost", 5432, "fuse", "fuse_users"),
                null,
                false);
    }
}
