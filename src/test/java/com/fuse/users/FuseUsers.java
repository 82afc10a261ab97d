package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.cli.FuseUsersCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.boot.logging.LoggingSystem;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the program on a test's database as the job's login: in this JVM, or as a separate process that can be killed,
 * from the class path or the installed command. Reports go to {@code reports} in the test's folder. {@link Disclosure}
 * searches all output and all reports.
 */
public final class FuseUsers {

    /** The output and the exit code of a command. */
    public record Result(int exit, String out, String err) {

        /** Asserts the exit code. */
        public Result exits(int expected) {
            assertThat(exit).as(err).isEqualTo(expected);
            return this;
        }
    }

    /** The installation that the build makes, which is there in the tests of {@code mvn verify}. */
    public static final Path INSTALLATION = Path.of("target", "fuse-users").toAbsolutePath();

    private static final List<String> WITH_REPORT =
            List.of("deactivate", "reactivate", "undo", "reissue-certificates", "report");

    private static final String OUTCOMES_HEADER = "line,input,user_id,outcome,decided_at,community_ids,message";

    private static final Pattern OUTCOME_WITH_TIME =
            Pattern.compile("(,[A-Z_]+,)\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z,");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestDatabase database;
    private final Path folder;
    private final Supplier<List<String>> program;
    private final Disclosure disclosure;

    /** Its processes run what the tests' class path holds, with the JVM options of the installed command. */
    public FuseUsers(TestDatabase database, Path folder) {
        this(database, folder, LibraryArchive::command);
    }

    private FuseUsers(TestDatabase database, Path folder, Supplier<List<String>> program) {
        this.database = database;
        this.folder = folder;
        this.program = program;
        this.disclosure = new Disclosure(database, folder);
    }

    /** Its processes run the command of {@link #INSTALLATION}. */
    public static FuseUsers installed(TestDatabase database, Path folder) {
        return new FuseUsers(
                database,
                folder,
                () -> List.of(INSTALLATION.resolve("bin/fuse-users").toString()));
    }

    /** Runs a command in this JVM. A relative file name is looked up in the test's folder. */
    public Result run(String... arguments) {
        return run(database.jobSettings(), arguments);
    }

    /** Runs a command in this JVM with these settings alone. */
    public Result run(Map<String, String> settings, String... arguments) {
        return run(settings, List.of(List.of(arguments)), () -> execute(arguments));
    }

    /** Runs commands side by side in this JVM; what they print is mixed, and the exit is the highest. */
    public Result runAtOnce(List<List<String>> commands) {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        if (commands.size() > 1) {
            // The logging of a JVM cannot be set up by two commands at once.
            settings.put(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        }
        return run(settings, commands, () -> {
            List<CompletableFuture<Integer>> exits = commands.stream()
                    .map(command -> CompletableFuture.supplyAsync(
                            () -> execute(command.toArray(String[]::new)), Executors.newSingleThreadExecutor()))
                    .toList();
            return exits.stream().mapToInt(CompletableFuture::join).max().orElseThrow();
        });
    }

    private int execute(String... arguments) {
        return FuseUsersCommand.run(withReportDir(arguments));
    }

    private Result run(Map<String, String> settings, List<List<String>> commands, IntSupplier command) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        settings.forEach(System::setProperty);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            int exit = command.getAsInt();
            Result result = new Result(
                    exit, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
            disclosure.printed(commands, result);
            return result;
        } finally {
            System.setOut(out);
            System.setErr(err);
            settings.keySet().forEach(System::clearProperty);
        }
    }

    /** Starts {@link #process} with {@code out.txt} and {@code err.txt} in the test's folder to print to. */
    public Process start(String... arguments) {
        try {
            return process(arguments)
                    .redirectOutput(folder.resolve("out.txt").toFile())
                    .redirectError(folder.resolve("err.txt").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command as a process of its own, in the test's folder. */
    public ProcessBuilder process(String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("os.name").equals("Linux")) {
            // A shell that runs the tests in the background has them, and what they start, ignore SIGINT.
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(program.get());
        command.addAll(List.of(withReportDir(arguments)));
        disclosure.started(command);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        database.jobSettings().forEach((setting, value) -> builder.environment().put(variable(setting), value));
        return builder;
    }

    /** The database and the login as the program names them. */
    public String database() {
        return database.login().describe();
    }

    /** How the first line that is printed about a run begins. */
    public String opened(long run) {
        return "Run %d on %s: ".formatted(run, database());
    }

    /** The first line of a command that makes no run. */
    public String line() {
        return database.login().line() + "\n";
    }

    /** The environment's name of a setting. */
    public static String variable(String setting) {
        return setting.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
    }

    /** Writes an input file of these lines, and returns its path. */
    public String input(String name, String... lines) {
        try {
            return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code outcomes.csv} of a run without its times, each of which must be a time in UTC. */
    public String outcomesText(long run) {
        String text = reportText(run, "outcomes.csv");
        assertThat(text).startsWith(OUTCOMES_HEADER);
        return OUTCOME_WITH_TIME.matcher(text.replace(",decided_at,", ",")).replaceAll("$1");
    }

    /** The lines of {@link #outcomesText}. */
    public List<String> outcomes(long run) {
        return outcomesText(run).lines().toList();
    }

    /** The lines of a file in the report folder of a run. */
    public List<String> report(long run, String file) {
        try {
            return Files.readAllLines(folder.resolve("reports/run-" + run).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole of a file in the report folder of a run. */
    public String reportText(long run, String file) {
        try {
            return Files.readString(folder.resolve("reports/run-" + run).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code summary.json} of a run holds. */
    public Map<String, Object> summary(long run) {
        return JSON.readValue(reportText(run, "summary.json"), new TypeReference<>() {});
    }

    private String[] withReportDir(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (all.stream().limit(2).anyMatch(WITH_REPORT::contains) && !all.contains("--report-dir")) {
            all.addAll(List.of("--report-dir", folder.resolve("reports").toString()));
        }
        return all.toArray(String[]::new);
    }
}
