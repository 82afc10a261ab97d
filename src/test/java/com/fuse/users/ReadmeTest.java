package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.change.Outcome;
import com.fuse.users.cli.FuseUsersCommand;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.history.Advice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** README, help and program say the same. */
class ReadmeTest {

    private final String readme = Files.readString(Path.of("README.md"));
    private final CommandLine program = FuseUsersCommand.commandLine();

    ReadmeTest() throws IOException {}

    @Test
    void namesEveryCommandAndNoOther() {
        Set<String> named = firstCells("command").stream()
                .map(cell -> cell.replaceAll(" (--|[A-Z]).*", ""))
                .collect(Collectors.toSet());
        Stream<String> top = program.getSubcommands().keySet().stream();
        Stream<String> below = program.getSubcommands().entrySet().stream()
                .flatMap(command -> command.getValue().getSubcommands().keySet().stream()
                        .map(name -> command.getKey() + " " + name));
        assertThat(named).isEqualTo(Stream.concat(top, below).collect(Collectors.toSet()));
    }

    @Test
    void namesEveryOption() {
        Set<String> options = Stream.concat(
                        program.getSubcommands().values().stream(),
                        program.getSubcommands().values().stream()
                                .flatMap(command -> command.getSubcommands().values().stream()))
                .flatMap(command -> command.getCommandSpec().optionsMap().keySet().stream())
                .collect(Collectors.toSet());
        assertThat(options)
                .filteredOn(option -> !Set.of("-h", "--help", "-V", "--version").contains(option))
                .allSatisfy(option -> assertThat(readme).containsPattern("[` ]" + option + "[` ]"));
    }

    @Test
    void saysWhatToDoAboutEveryOutcome() {
        assertThat(Outcome.values())
                .allSatisfy(outcome -> assertThat(readme).containsPattern("(?m)^\\| .*`" + outcome + "`.* \\|$"));
    }

    @Test
    void advisesOnEverySkipInTheWordsOfTheReport() {
        assertThat(Outcome.skips()).allSatisfy(outcome -> assertThat(readme.replace("`", ""))
                .contains("| %s | %s |".formatted(outcome, Advice.about(outcome))));
    }

    @Test
    void givesEveryExitCodeItsMeaningInTheWordsOfTheHelp() {
        Map<String, String> help = program.getCommandSpec().usageMessage().exitCodeList();
        assertThat(help.keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ExitCode.values())
                        .map(exitCode -> String.valueOf(exitCode.status()))
                        .toList());
        help.forEach((status, meaning) -> assertThat(readme.replace("`", ""))
                .contains("| %s | %s |".formatted(status, meaning.replace("\"", ""))));
    }

    private List<String> firstCells(String heading) {
        List<String> lines = readme.lines().toList();
        int start = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("| " + heading + " |"))
                .findFirst()
                .orElseThrow());
        Pattern cell = Pattern.compile("^\\| `([^`]+)`");
        return lines.stream()
                .skip(start + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> cell.matcher(line).results())
                .map(match -> match.group(1))
                .toList();
    }
}
