package com.fuse.users.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.FuseUsers.Result;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.metrics.MetricsServer.Push;
import com.fuse.users.throttle.WaitReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The figures of a run and of its command are pushed to a Pushgateway if the settings enable one, and a gateway that
 * fails costs one line in the log.
 */
@ExtendWith(TestPlatform.class)
class PushedMetricsTest {

    private static final String GATEWAY = "management.prometheus.metrics.export.pushgateway.";

    private static final List<String> WAITS = Arrays.stream(WaitReason.values())
            .map(reason -> "fuse_users_run_waited_seconds{reason=\"%s\"}".formatted(reason.code()))
            .toList();

    private static final List<String> METRICS_OF_A_FAILURE = List.of(
            "fuse_users_command_rows",
            "fuse_users_command_skipped_rows",
            "fuse_users_exit_code",
            "fuse_users_exit_timestamp_seconds");

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final MetricsServer server;

    PushedMetricsTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) throws IOException {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
        server = new MetricsServer(folder);
    }

    @AfterEach
    void closeAll() {
        server.close();
    }

    @Test
    void aCompletedRunIsPushedWithAllItsFigures() {
        String input = EveryOutcome.make(world, fuseUsers);
        Instant start = Instant.now();

        Result result = run("deactivate", "--yes", "--max-bad-percent=100", "--accept-skips", input)
                .exits(0);

        assertThat(result.err()).isEmpty();
        Push push = onlyPush();
        assertThat(push.method()).isEqualTo("POST");
        assertThat(push.path()).isEqualTo("/metrics/job/fuse-users/command/deactivate/dry_run/false");
        assertThat(push.contentType()).startsWith("text/plain; version=0.0.4");
        Map<String, Object> summary = fuseUsers.summary(1);
        Map<String, Double> samples = push.samples();
        assertThat(samples.remove("fuse_users_run_duration_seconds")).isEqualTo(summary.get("seconds"));
        assertThat(samples.remove("fuse_users_run_rows_per_second"))
                .isEqualTo(Double.valueOf(String.valueOf(summary.get("rows_per_second"))));
        assertThat(samples.remove("fuse_users_run_end_timestamp_seconds"))
                .isEqualTo(Instant.parse((String) summary.get("ended_at")).toEpochMilli() / 1000.0);
        double ended = samples.remove("fuse_users_exit_timestamp_seconds");
        assertThat(ended)
                .isBetween(start.toEpochMilli() / 1000.0, Instant.now().toEpochMilli() / 1000.0)
                .isEqualTo(samples.remove("fuse_users_last_success_timestamp_seconds"));
        assertThat(lines(samples))
                .containsExactly(
                        "fuse_users_command_rows 17",
                        "fuse_users_command_skipped_rows 13",
                        "fuse_users_exit_code 0",
                        "fuse_users_run_added_rows{table=\"none\"} 0",
                        "fuse_users_run_deleted_rows{table=\"auto_login_tokens\"} 2",
                        "fuse_users_run_deleted_rows{table=\"certificates\"} 2",
                        "fuse_users_run_deleted_rows{table=\"community_memberships\"} 3",
                        "fuse_users_run_deleted_rows{table=\"device_tokens\"} 2",
                        "fuse_users_run_deleted_rows{table=\"membership_requests\"} 1",
                        "fuse_users_run_deleted_rows{table=\"oauth_tokens\"} 2",
                        "fuse_users_run_deviations NaN",
                        "fuse_users_run_number 1",
                        "fuse_users_run_rows{outcome=\"ALREADY_ACTIVE\"} 0",
                        "fuse_users_run_rows{outcome=\"ALREADY_INACTIVE\"} 1",
                        "fuse_users_run_rows{outcome=\"COMMUNITY_ADMIN\"} 1",
                        "fuse_users_run_rows{outcome=\"DEACTIVATED\"} 3",
                        "fuse_users_run_rows{outcome=\"DUPLICATE\"} 4",
                        "fuse_users_run_rows{outcome=\"FAILED\"} 0",
                        "fuse_users_run_rows{outcome=\"INACTIVE\"} 0",
                        "fuse_users_run_rows{outcome=\"INVALID_SUCCESSOR\"} 0",
                        "fuse_users_run_rows{outcome=\"MALFORMED\"} 7",
                        "fuse_users_run_rows{outcome=\"MISMATCH\"} 0",
                        "fuse_users_run_rows{outcome=\"NOT_FOUND\"} 1",
                        "fuse_users_run_rows{outcome=\"PERSONAL_DATA_REMOVED\"} 0",
                        "fuse_users_run_rows{outcome=\"REACTIVATED\"} 0",
                        "fuse_users_run_rows{outcome=\"REISSUED\"} 0",
                        "fuse_users_run_skipped_rows 13",
                        "fuse_users_run_waited_seconds{reason=\"archive_backlog\"} 0",
                        "fuse_users_run_waited_seconds{reason=\"blocked\"} 0",
                        "fuse_users_run_waited_seconds{reason=\"check_failed\"} 0",
                        "fuse_users_run_waited_seconds{reason=\"paused\"} 0",
                        "fuse_users_run_waited_seconds{reason=\"query\"} 0",
                        "fuse_users_run_waited_seconds{reason=\"replica_lag\"} 0");
        assertThat(push.text().lines().filter(line -> line.startsWith("# TYPE ")))
                .allMatch(line -> line.endsWith(" gauge"));
    }

    /** A dry run must not replace the figures of a real run, nor count as a success of the job. */
    @Test
    void aDryRunHasItsOwnGroup() {
        world.user(1);

        run("deactivate", "--dry-run", "--user", "1");

        assertThat(onlyPush().path()).isEqualTo("/metrics/job/fuse-users/command/deactivate/dry_run/true");
    }

    /** The gateway replaces metrics by name and keeps those that a push does not contain. */
    @Test
    void aRefusedRunKeepsTheLastSuccessAndTheLastRun() {
        world.users(1, 200);

        run("deactivate", "--yes", fuseUsers.input("all.csv", numbers(1, 200))).exits(77);

        assertThat(onlyPush().samples()).containsOnlyKeys(METRICS_OF_A_FAILURE.toArray(String[]::new));
        assertThat(onlyPush().samples()).containsEntry("fuse_users_exit_code", 77.0);
    }

    @Test
    void aFailedRunIsNotASuccess() {
        world.user(1);
        world.breakChunks();

        run("deactivate", "--yes", "--user", "1").exits(1);

        assertPushedUnfinished(1, 0, 0);
    }

    @Test
    void aRunThatWaitedForTooLongPushesItsWaits() {
        world.users(1, 3);
        run(
                        "deactivate",
                        "--yes",
                        "--chunk-size=1",
                        "--max-pause=2s",
                        "--throttle-query=select 1",
                        fuseUsers.input("leavers.csv", "1", "2", "3"))
                .exits(75);

        assertPushedUnfinished(75, 1, 6);
    }

    /** The other figures of a run stay those of the last completed one. */
    private void assertPushedUnfinished(double exitCode, double leastSeconds, double mostSeconds) {
        Map<String, Double> samples = onlyPush().samples();
        assertThat(samples)
                .containsOnlyKeys(Stream.concat(METRICS_OF_A_FAILURE.stream(), WAITS.stream())
                        .toArray(String[]::new))
                .containsEntry("fuse_users_exit_code", exitCode);
        assertThat(samples.remove("fuse_users_run_waited_seconds{reason=\"query\"}"))
                .isBetween(leastSeconds, mostSeconds);
        assertThat(samples.entrySet())
                .filteredOn(sample -> WAITS.contains(sample.getKey()))
                .allMatch(sample -> sample.getValue() == 0);
    }

    @Test
    void aRunWithSkipsIsNotASuccess() {
        run("deactivate", "--yes", "--user", "99").exits(4);

        assertThat(onlyPush().samples())
                .containsEntry("fuse_users_exit_code", 4.0)
                .containsEntry("fuse_users_run_rows{outcome=\"NOT_FOUND\"}", 1.0)
                .doesNotContainKey("fuse_users_last_success_timestamp_seconds");
    }

    /** A metric without a series would keep the series of an earlier run. */
    @Test
    void aRunWithoutRowsReplacesAllFiguresOfTheRunBefore() {
        run("deactivate", "--yes", fuseUsers.input("nobody.csv", "user_id")).exits(0);

        assertThat(onlyPush().samples())
                .containsEntry("fuse_users_run_deleted_rows{table=\"none\"}", 0.0)
                .containsEntry("fuse_users_run_added_rows{table=\"none\"}", 0.0)
                .containsEntry("fuse_users_run_rows{outcome=\"DEACTIVATED\"}", 0.0);
    }

    @Test
    void aCommandThatCannotStartIsPushedToo() throws IOException {
        Map<String, String> away = settings();
        away.put("spring.datasource.url", "jdbc:postgresql://localhost:%d/fuse".formatted(closedPort()));
        Path binary = Files.write(folder.resolve("binary.csv"), new byte[] {'1', 0, '2'});

        fuseUsers.run(away, "deactivate", "--yes", "--user", "1").exits(75);
        run("reactivate", "--yes", "absent.csv").exits(66);
        run("deactivate", "--yes", binary.toString()).exits(65);
        run("deactivate", "--yes", "--report-dir", binary.toString(), "--user", "1")
                .exits(78);

        assertThat(server.pushes())
                .extracting(push -> push.path().split("/")[5] + " " + push.sample("fuse_users_exit_code"))
                .containsExactly("deactivate 75.0", "reactivate 66.0", "deactivate 65.0", "deactivate 78.0");
    }

    /** Its exit code would look like that of a run. */
    @Test
    void aCommandThatMakesNoRunIsNotPushed() {
        world.user(1);
        for (List<String> command : List.of(
                List.of("runs"),
                List.of("communities"),
                List.of("deactivate", "--help"),
                List.of("deactivate"),
                List.of("deactivate", "--no-such-option"))) {
            run(command.toArray(String[]::new));
        }

        assertThat(server.pushes()).isEmpty();
    }

    @Test
    void eachFileIsPushedOnceAndTheCommandWithTheLast() throws IOException {
        world.users(1, 3);
        Path inputs = Files.createDirectories(folder.resolve("inputs"));
        Files.writeString(inputs.resolve("a.csv"), "user_id\n1\n2\n");
        Files.writeString(inputs.resolve("b.csv"), "user_id\n3\n");

        run("deactivate", "--yes", inputs.toString()).exits(0);

        assertThat(server.pushes())
                .extracting(push -> "run %s, %s deactivated, exit %s"
                        .formatted(
                                push.sample("fuse_users_run_number"),
                                push.sample("fuse_users_run_rows{outcome=\"DEACTIVATED\"}"),
                                push.sample("fuse_users_exit_code")))
                .containsExactly("run 1.0, 2.0 deactivated, exit none", "run 2.0, 1.0 deactivated, exit 0.0");
    }

    /** The figures of a file with skips are replaced by those of the next file within a second. */
    @Test
    void theSkipsOfAllFilesAreSummed() throws IOException {
        world.users(1, 3);
        Path inputs = Files.createDirectories(folder.resolve("inputs"));
        Files.writeString(inputs.resolve("a.csv"), "user_id\n1\n8\n9\n");
        Files.writeString(inputs.resolve("b.csv"), "user_id\n3\n");

        run("deactivate", "--yes", "--accept-skips", inputs.toString()).exits(0);

        assertThat(server.pushes())
                .extracting(push ->
                        push.sample("fuse_users_command_rows") + " " + push.sample("fuse_users_command_skipped_rows"))
                .containsExactly("none none", "4.0 2.0");
    }

    /** A folder without new files is a night without work, and a success. */
    @Test
    void aNightWithoutNewFilesIsASuccessWithoutARun() throws IOException {
        world.users(1, 2);
        Path inputs = Files.createDirectories(folder.resolve("inputs"));
        Files.writeString(inputs.resolve("a.csv"), "user_id\n1\n");
        run("deactivate", "--yes", inputs.toString());

        run("deactivate", "--yes", inputs.toString());

        assertThat(server.pushes().get(1).samples())
                .containsOnlyKeys(
                        "fuse_users_command_rows",
                        "fuse_users_command_skipped_rows",
                        "fuse_users_exit_code",
                        "fuse_users_exit_timestamp_seconds",
                        "fuse_users_last_success_timestamp_seconds");
    }

    @Test
    void thePushUsesAllSettingsOfTheGateway() {
        world.user(1);
        Map<String, String> settings = settings();
        settings.put(GATEWAY + "job", "leavers");
        settings.put(GATEWAY + "grouping-key.cluster", "eu");
        settings.put(GATEWAY + "username", "pusher");
        settings.put(GATEWAY + "password", "sesame");

        fuseUsers.run(settings, "deactivate", "--yes", "--user", "1");

        assertThat(onlyPush().path())
                .startsWith("/metrics/job/leavers/")
                .contains("/cluster/eu", "/command/deactivate", "/dry_run/false");
        assertThat(onlyPush().authorization())
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString("pusher:sesame".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aDisabledGatewayReceivesNothing() {
        world.user(1);
        Map<String, String> settings = settings();
        settings.put(GATEWAY + "enabled", "false");

        fuseUsers.run(settings, "deactivate", "--yes", "--user", "1").exits(0);

        assertThat(server.pushes()).isEmpty();
    }

    @Test
    void aGatewayThatRefusesCostsOneLine() throws IOException {
        world.user(1);
        Map<String, String> settings = settings();
        settings.put(GATEWAY + "address", "localhost:" + closedPort());

        Result result = fuseUsers.run(settings, "deactivate", "--yes", "--user", "1");

        assertSucceedsWithOneWarning(result, "Metrics were not pushed to the Pushgateway at localhost:", "refused");
    }

    @Test
    void aGatewayThatFailsCostsOneLine() {
        world.user(1);
        server.answer(500);

        assertSucceedsWithOneWarning(run("deactivate", "--yes", "--user", "1"), "the Pushgateway at localhost:", "500");
    }

    /** The test's limit is far above the push's own time-out; the server never answers. */
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @Test
    void aGatewayThatNeverAnswersCostsOneLineAndNotTheRun() {
        world.user(1);
        server.fallSilent();

        assertSucceedsWithOneWarning(run("deactivate", "--yes", "--user", "1"), "the Pushgateway at localhost:");
        assertThat(server.pushes()).hasSize(1);
    }

    /** The process may be killed while it waits for the gateway. */
    @Test
    void theTerminationMessageIsWrittenBeforeThePush() throws Exception {
        world.user(1);
        server.fallSilent();
        Path message = Files.createFile(folder.resolve("termination-log"));
        ProcessBuilder program = fuseUsers
                .process("deactivate", "--yes", "--user", "1")
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        settings().forEach((setting, value) -> program.environment().put(FuseUsers.variable(setting), value));
        program.environment().put("FUSE_USERS_TERMINATION_LOG", message.toString());

        Process process = program.start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> !server.pushes().isEmpty());
        } finally {
            process.destroyForcibly();
        }

        assertThat(message).content().contains("\"exit_code\":0");
    }

    /** Each file's push would cost the time-out again. */
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @Test
    void manyFilesDoNotWaitManyTimesForAGatewayThatNeverAnswers() throws IOException {
        world.users(1, 30);
        server.fallSilent();
        Path inputs = Files.createDirectories(folder.resolve("inputs"));
        for (int user = 1; user <= 30; user++) {
            Files.writeString(inputs.resolve("%02d.csv".formatted(user)), "user_id\n%d\n".formatted(user));
        }

        run("deactivate", "--yes", "--max-percent", "100", inputs.toString()).exits(0);

        assertThat(world.count("select count(*) from users where active")).isZero();
        assertThat(server.pushes()).hasSizeBetween(2, 9);
    }

    @Test
    void invalidSettingsCostOneLine() {
        world.user(1);
        Map<String, String> settings = settings();
        settings.put(GATEWAY + "enabled", "perhaps");

        assertSucceedsWithOneWarning(
                fuseUsers.run(settings, "deactivate", "--yes", "--user", "1"), "Metrics are not pushed as configured");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://pusher:sesame@gateway:9091", "sesame"})
    void anInvalidAddressCostsOneLineThatDoesNotShowIt(String address) {
        world.user(1);
        Map<String, String> settings = settings();
        settings.put(GATEWAY + "address", address);

        Result result = fuseUsers.run(settings, "deactivate", "--yes", "--user", "1");

        assertSucceedsWithOneWarning(
                result, "Metrics are not pushed as configured: " + GATEWAY + "address is not a host and port");
        assertThat(result.out() + result.err()).doesNotContain("sesame");
    }

    private void assertSucceedsWithOneWarning(Result result, String... parts) {
        result.exits(0);
        assertThat(world.count("select count(*) from users where active")).isZero();
        assertThat((result.out() + result.err()).lines().filter(line -> line.contains("WARN")))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains(parts));
        assertThat(result.out() + result.err()).doesNotContain("\tat ", "Exception\n");
    }

    private Push onlyPush() {
        assertThat(server.pushes()).hasSize(1);
        return server.pushes().get(0);
    }

    private Result run(String... arguments) {
        return fuseUsers.run(settings(), arguments);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.put(GATEWAY + "enabled", "true");
        settings.put(GATEWAY + "address", server.address());
        return settings;
    }

    private static List<String> lines(Map<String, Double> samples) {
        return samples.entrySet().stream()
                .map(sample -> "%s %.0f".formatted(sample.getKey(), sample.getValue()))
                .toList();
    }

    private static String[] numbers(int first, int last) {
        return java.util.stream.IntStream.rangeClosed(first, last)
                .mapToObj(String::valueOf)
                .toArray(String[]::new);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
