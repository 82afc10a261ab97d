package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.FuseUsers.Result;
import com.fuse.users.OtherSession;
import com.fuse.users.PosixSignal;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.run.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** However a command ends, it writes how into the file that Kubernetes reads. */
@ExtendWith(TestPlatform.class)
class TerminationMessageTest {

    private static final String SETTING = "fuse-users.termination-log";

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final Path file;

    TerminationMessageTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) throws IOException {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        file = Files.writeString(folder.resolve("termination-log"), "what an earlier container left, and longer");
    }

    @Test
    void containsTheRunAndItsOutcomes() {
        String input = EveryOutcome.make(world, fuseUsers);

        run("deactivate", "--yes", "--max-bad-percent=100", "--accept-skips", input);

        assertThat(message())
                .isEqualTo(Map.of(
                        "command",
                        "fuse-users deactivate",
                        "exit_code",
                        0,
                        "database",
                        Map.of("host", "localhost", "port", database.port(), "name", database.name()),
                        "login",
                        database.jobUser(),
                        "by",
                        Map.of(
                                "account", Actor.ofThisProcess().account(),
                                "host", Actor.ofThisProcess().host(),
                                "version", "from a checkout"),
                        "summary",
                        "1 run completed, 17 rows, of which 13 skipped",
                        "runs",
                        List.of(Map.of(
                                "run",
                                1,
                                "dry_run",
                                false,
                                "input",
                                input,
                                "rows",
                                17,
                                "skips",
                                13,
                                "outcomes",
                                Map.of(
                                        "DEACTIVATED", 3,
                                        "ALREADY_INACTIVE", 1,
                                        "COMMUNITY_ADMIN", 1,
                                        "NOT_FOUND", 1,
                                        "DUPLICATE", 4,
                                        "MALFORMED", 7)))));
    }

    /** Also if the command makes no run, or does not get as far as one. */
    @Test
    void namesTheDatabaseAndTheLogin() {
        world.execute("delete from fuse_batch.flyway_schema_history where installed_rank >= 4");
        for (List<String> command :
                List.of(List.of("runs", "show", "1"), List.of("deactivate", "--yes", "--user", "1"))) {
            run(command.toArray(String[]::new)).exits(78);

            assertThat(message())
                    .containsEntry(
                            "database", Map.of("host", "localhost", "port", database.port(), "name", database.name()))
                    .containsEntry("login", database.jobUser());
        }
    }

    @Test
    void containsTheLineOfEveryRefusal() throws IOException {
        world.users(1, 200);
        Path empty = Files.createFile(folder.resolve("empty.csv"));
        Path everybody = Files.writeString(
                folder.resolve("all.csv"),
                "user_id\n" + String.join("\n", world.texts("select id::text from users")) + "\n");
        Map<Integer, List<String>> commands = Map.of(
                4, List.of("deactivate", "--yes", "--user", "999"),
                64, List.of("deactivate", "--no-such-option"),
                65, List.of("deactivate", "--yes", empty.toString()),
                66, List.of("deactivate", "--yes", "absent.csv"),
                77, List.of("deactivate", "--yes", everybody.toString()));
        commands.forEach((exit, command) -> {
            Result result = run(command.toArray(String[]::new)).exits(exit);

            assertThat(message()).containsEntry("exit_code", exit);
            assertThat(message()).extractingByKey("command").asString().startsWith("fuse-users");
            assertThat(result.err())
                    .isEqualTo("fuse-users: %s\n".formatted(message().get("error")));
        });
        Map<String, String> away = settings();
        away.put("spring.datasource.url", "jdbc:postgresql://localhost:1/fuse");
        fuseUsers.run(away, "runs").exits(75);
        assertThat(message()).containsEntry("exit_code", 75).containsEntry("command", "fuse-users runs");
        away.put("spring.datasource.url", "jdbc:nonsense");
        fuseUsers.run(away, "deactivate", "--yes", "--user", "1").exits(78);
        assertThat(message()).containsEntry("exit_code", 78);
    }

    @Test
    void containsTheRunThatFailed() {
        world.user(1);
        world.breakChunks();

        run("deactivate", "--yes", "--user", "1");

        assertThat(message())
                .containsEntry("exit_code", 1)
                .containsEntry("runs", List.of(Map.of("run", 1, "dry_run", false, "input", "--user 1")))
                .containsEntry(
                        "summary", "0 runs completed, 0 rows, of which 0 skipped; the last run was not completed");
        assertThat(message()).extractingByKey("error").asString().startsWith("run 1 failed: ");
    }

    /** The second file has skips, which is another line with another code. */
    @Test
    void containsTheLineThatBelongsToTheExitCode() throws IOException {
        world.user(1);
        Path inputs = Files.createDirectories(folder.resolve("inputs"));
        Files.createFile(inputs.resolve("a.csv"));
        Files.writeString(inputs.resolve("b.csv"), "user_id\n1\n999\n");

        run("deactivate", "--yes", inputs.toString()).exits(65);

        assertThat(message()).extractingByKey("error").asString().contains("a.csv");
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void saysThatASignalStoppedTheRun() throws Exception {
        world.users(1, 2);
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 1 for update");
            Process process = start(
                    "deactivate", "--yes", "--chunk-size", "1", "--partitions", "1", "--user", "1", "--user", "2");
            try {
                other.awaitBlocked(1);
                PosixSignal.TERM.sendTo(process);
                await().until(() -> Files.readString(folder.resolve("err.txt")).contains("Stopping"));
                other.close();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
        }
        assertThat(message())
                .containsEntry("exit_code", 143)
                .containsEntry(
                        "summary", "0 runs completed, 0 rows, of which 0 skipped; the last run was not completed");
        assertThat(message()).extractingByKey("error").asString().startsWith("run 1 ");
    }

    /** A settings file that cannot be read must not hide the failure that it causes. */
    @Test
    void saysThatTheSettingsCannotBeRead() throws Exception {
        ProcessBuilder builder = builder("deactivate", "--yes", "--user", "1");
        builder.environment().put("SPRING_CONFIG_IMPORT", "file:" + folder.resolve("absent") + "/");

        assertThat(builder.start().waitFor()).isEqualTo(1);

        assertThat(message()).containsEntry("exit_code", 1);
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void saysThatASecondSignalEndedTheProcess() throws Exception {
        world.user(1);
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 1 for update");
            Process process = start("deactivate", "--yes", "--user", "1");
            try {
                other.awaitBlocked(1);
                PosixSignal.TERM.sendTo(process);
                await().until(() -> Files.readString(folder.resolve("err.txt")).contains("Stopping"));
                PosixSignal.TERM.sendTo(process);
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
        }
        assertThat(message())
                .containsEntry("exit_code", 143)
                .containsEntry("error", "stopped at once; the same command resumes the run");
    }

    /** Kubernetes truncates longer messages, which would make the JSON invalid. */
    @Test
    void isNeverLongerThanKubernetesKeeps() throws IOException {
        world.users(1, 30);
        Path inputs = Files.createDirectories(folder.resolve("inputs"));
        for (int user = 1; user <= 30; user++) {
            Files.writeString(
                    inputs.resolve("%02d \"\u00e4\u001b\u4f60%s.csv".formatted(user, "\\".repeat(200))),
                    "user_id\n%d\n999\n".formatted(user));
        }

        run("deactivate", "--yes", "--accept-skips", inputs.toString());

        assertThat(file).satisfies(written -> assertThat(Files.size(written)).isBetween(3_000L, 4_096L));
        assertThat(message()).containsEntry("summary", "30 runs completed, 60 rows, of which 30 skipped");
        List<?> latest = (List<?>) message().getOrDefault("runs", List.of());
        assertThat(latest).isNotEmpty();
        assertThat(message()).containsEntry("earlier_runs", 30 - latest.size());
        assertThat(latest.get(latest.size() - 1)).asString().startsWith("{run=30, ");
    }

    @Test
    void isShortEvenIfTheLineIsLong() throws IOException {
        run("deactivate", "--yes", "\u4f60".repeat(5_000) + ".csv");

        assertThat(Files.size(file)).isLessThan(4_096);
        assertThat(message()).containsEntry("exit_code", 66);
    }

    @Test
    void isWrittenOnlyIfTheFileExists() throws IOException {
        world.user(1);
        Files.delete(file);

        run("deactivate", "--yes", "--user", "1").exits(0);

        assertThat(file).doesNotExist();
    }

    @Test
    void doesNotFailTheRunIfItCannotBeWritten() {
        world.user(1);
        Map<String, String> settings = settings();
        settings.put(SETTING, folder.toString());

        Result result =
                fuseUsers.run(settings, "deactivate", "--yes", "--user", "1").exits(0);

        assertThat(result.out() + result.err()).contains("The termination message cannot be written to " + folder);
    }

    @Test
    void doesNotFailTheRunIfItsPathIsInvalid() {
        world.user(1);
        Map<String, String> settings = settings();
        settings.put(SETTING, "termination\0log");

        Result result =
                fuseUsers.run(settings, "deactivate", "--yes", "--user", "1").exits(0);

        assertThat(result.out() + result.err()).contains("Could not report how the command ended: ");
    }

    @Test
    void isNotWrittenByACommandThatHasNothingToReport() throws IOException {
        String before = Files.readString(file);

        run("runs");
        run("deactivate", "--help");

        assertThat(Files.readString(file)).isEqualTo(before);
    }

    private Process start(String... arguments) throws IOException {
        return builder(arguments).start();
    }

    private ProcessBuilder builder(String... arguments) {
        ProcessBuilder builder = fuseUsers
                .process(arguments)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().put("FUSE_USERS_TERMINATION_LOG", file.toString());
        return builder;
    }

    private Result run(String... arguments) {
        return fuseUsers.run(settings(), arguments);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.put(SETTING, file.toString());
        return settings;
    }

    private Map<String, Object> message() {
        try {
            return JsonMapper.shared()
                    .readValue(Files.readString(file, StandardCharsets.UTF_8), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
