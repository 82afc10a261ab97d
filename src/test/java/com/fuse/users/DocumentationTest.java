package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.change.Outcome;
import com.fuse.users.cli.FuseUsersCommand;
import com.fuse.users.history.Advice;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The pages of the documentation lead to each other, and say what the program says. */
class DocumentationTest {

    private static final Path README = Path.of("README.md");
    private static final Path DOCS = Path.of("src", "docs");
    private static final Path DECISIONS = DOCS.resolve("decisions");
    private static final Path PACKAGES = Path.of("src", "main", "java", "com", "fuse", "users");

    private static final String ROOT = DocumentationTest.class.getPackageName();

    /** A word of two capitalized parts. */
    private static final Pattern CLASS = Pattern.compile("\\b(?:[A-Z][a-z]+){2,}\\b");

    private static final int MAX_LINES_OF_A_DECISION = 45;

    private final CommandLine program = FuseUsersCommand.commandLine();

    static List<Path> pages() {
        return Stream.of(Stream.of(README), below(DOCS), below(Path.of("jobs")))
                .flatMap(files -> files)
                .toList();
    }

    static List<Path> decisions() {
        return below(DECISIONS).toList();
    }

    static List<Path> pagesAboutTheCode() {
        return Stream.concat(Stream.of(DOCS.resolve("how-it-works.md")), below(DECISIONS))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFileOrAHeadingThatExists(Path page) {
        assertThat(MarkdownPage.read(page).links()).allSatisfy(link -> {
            String[] parts = link.split("#", 2);
            Path target =
                    parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
            assertThat(target).exists();
            if (parts.length == 2) {
                assertThat(MarkdownPage.read(target).anchors()).contains(parts[1]);
            }
        });
    }

    @Test
    void everyPageIsReachedFromTheReadme() {
        Set<Path> reached = new HashSet<>();
        Deque<Path> next = new ArrayDeque<>(List.of(README));
        while (!next.isEmpty()) {
            Path page = next.pop();
            if (Files.isDirectory(page)) {
                below(page).forEach(next::push);
            } else if (page.toString().endsWith(".md") && reached.add(page)) {
                MarkdownPage.read(page).links().stream()
                        .map(link -> page.resolveSibling(link.replaceFirst("#.*", ""))
                                .normalize())
                        .forEach(next::push);
            }
        }
        assertThat(reached).containsAll(pages());
    }

    @Test
    void namesEveryCommandAndNoOther() {
        Set<String> named = page("commands.md").table("command").stream()
                .flatMap(row -> Stream.of(row.get(0).split(", ")))
                .map(name -> name.replace("`", "").replaceAll(" (--|\\[?[A-Z]).*", ""))
                .collect(Collectors.toSet());
        Stream<String> top = program.getSubcommands().keySet().stream();
        Stream<String> below = program.getSubcommands().entrySet().stream()
                .flatMap(command -> command.getValue().getSubcommands().keySet().stream()
                        .map(name -> command.getKey() + " " + name));
        assertThat(named).isEqualTo(Stream.concat(top, below).collect(Collectors.toSet()));
    }

    @Test
    void namesEveryOption() {
        assertThat(options().flatMap(option -> Stream.of(option.names())).collect(Collectors.toSet()))
                .filteredOn(option -> !Set.of("-h", "--help", "-V", "--version").contains(option))
                .allSatisfy(option -> assertThat(page("commands.md").text()).containsPattern("[` ]" + option + "[` ]"));
    }

    @Test
    void givesEveryDefaultOfAnOption() {
        List<String> lines = page("commands.md").lines();
        assertThat(options().filter(option -> option.defaultValue() != null).toList())
                .isNotEmpty()
                .allSatisfy(option -> assertThat(lines).anySatisfy(line -> assertThat(line.replace("`", ""))
                        .containsPattern(option.longestName() + " .*default is " + Pattern.quote(option.defaultValue())
                                + "\\b")));
    }

    @Test
    void saysWhatToDoAboutEveryOutcome() {
        assertThat(Outcome.values())
                .allSatisfy(outcome ->
                        assertThat(page("outcomes.md").text()).containsPattern("(?m)^\\| .*`" + outcome + "`.* \\|$"));
    }

    @Test
    void advisesOnEverySkipInTheWordsOfTheReport() {
        String outcomes = page("outcomes.md").text().replace("`", "");
        assertThat(Outcome.skips()).allSatisfy(outcome -> assertThat(outcomes)
                .contains("| %s | %s |".formatted(outcome, Advice.about(outcome))));
    }

    @Test
    void mapsEveryPackageBelowThoseThatItDependsOn() throws IOException {
        List<String> map = page("how-it-works.md").table("package").stream()
                .map(row -> row.get(0).replace("`", ""))
                .toList();
        try (Stream<Path> folders = Files.list(PACKAGES).filter(Files::isDirectory)) {
            assertThat(map)
                    .containsExactlyInAnyOrderElementsOf(
                            folders.map(folder -> folder.getFileName().toString())
                                    .toList());
        }
        assertThat(dependencies()
                        .filter(use -> map.indexOf(packageOf(use.getTargetClass()))
                                > map.indexOf(packageOf(use.getOriginClass())))
                        .map(use -> packageOf(use.getOriginClass()) + " uses " + packageOf(use.getTargetClass()))
                        .distinct())
                .isEmpty();
    }

    /** The dependencies between the packages of the program, without those of its main class. */
    private static Stream<Dependency> dependencies() {
        return new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages(ROOT).stream()
                        .filter(DocumentationTest::isInPackage)
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(use -> isInPackage(use.getTargetClass()));
    }

    private static boolean isInPackage(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + ".");
    }

    /** A package counts with those below it. */
    private static String packageOf(JavaClass type) {
        return type.getPackageName().substring(ROOT.length() + 1).split("\\.")[0];
    }

    @ParameterizedTest
    @MethodSource("pagesAboutTheCode")
    void namesOnlyClassesThatExist(Path page) throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            assertThat(CLASS.matcher(MarkdownPage.read(page).text()).results().map(MatchResult::group))
                    .isSubsetOf(Stream.concat(
                                    Stream.of("ItemProcessor", "ItemWriter"),
                                    sources.map(file -> file.getFileName().toString())
                                            .filter(name -> name.endsWith(".java"))
                                            .map(name -> name.replace(".java", "")))
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionIsShortAndSaysWhyAndWhatFollows(Path decision) {
        MarkdownPage record = MarkdownPage.read(decision);

        assertThat(record.lines()).hasSizeLessThanOrEqualTo(MAX_LINES_OF_A_DECISION);
        assertThat(record.lines())
                .filteredOn(line -> line.startsWith("## "))
                .containsExactly("## Status", "## Context", "## Decision", "## Consequences");
    }

    /** The options of all commands, below others too. */
    private Stream<OptionSpec> options() {
        return program.getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), command.getSubcommands().values().stream()))
                .flatMap(command -> command.getCommandSpec().options().stream());
    }

    private static MarkdownPage page(String name) {
        return MarkdownPage.read(DOCS.resolve(name));
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
