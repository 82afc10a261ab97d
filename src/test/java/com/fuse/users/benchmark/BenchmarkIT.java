package com.fuse.users.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Measures the program and its competitors one after the other, on worlds that are restored before each measurement,
 * and prints medians, ratios and targets. {@code target/benchmark} keeps them. It asserts that all contenders had the
 * same result, and asserts no time.
 */
@Tag("benchmark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchmarkIT {

    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
    /** Rows of the larger input; one user in five is in it. */
    private static final int LARGE = Integer.getInteger("benchmark.large", 1_000_000);

    /** Rows of the medium inputs; one user in five, and every second user, is in them. */
    private static final int MEDIUM = Integer.getInteger("benchmark.medium", 100_000);

    private static final int SMALL = 500;
    private static final int STARTS = 7;
    /** Shared buffers of the second server. */
    private static final String LARGER = "512MB";

    private static final Duration IDLE = Duration.ofSeconds(15);

    private final Path folder =
            Files.createDirectories(Path.of("target", "benchmark").toAbsolutePath());
    private final BenchmarkServer server =
            new BenchmarkServer(Path.of("target", "benchmark-postgres").toAbsolutePath(), "128MB");
    private final BenchmarkServer largerServer = new BenchmarkServer(
            Path.of("target", "benchmark-postgres-" + LARGER).toAbsolutePath(), LARGER);
    private final BenchmarkWorld large = new BenchmarkWorld(server, LARGE * 5);
    private final BenchmarkWorld medium = new BenchmarkWorld(server, MEDIUM * 5);
    private final BenchmarkWorld mediumOnLarger = new BenchmarkWorld(largerServer, MEDIUM * 5);
    private final HandWrittenScript script = new HandWrittenScript();
    private final Program program = Program.installed(folder);
    private final Results results = new Results();

    BenchmarkIT() throws Exception {}

    @AfterAll
    void report() throws Exception {
        server.close();
        largerServer.close();
        results.print();
        results.write(folder.resolve("results.json"));
    }

    @Test
    void fromTenThousandRowsToAMillion() throws Exception {
        Map<String, SortedMap<Integer, Double>> perSecond = new LinkedHashMap<>();
        Map<Integer, Double> jobPerRow = new TreeMap<>();
        for (int rows : List.of(LARGE / 100, LARGE / 10, LARGE)) {
            Timings timings = rounds(title(large, rows), large, rows, List.of(script, program));
            for (String name : List.of(Program.NAME, HandWrittenScript.NAME)) {
                perSecond.computeIfAbsent(name, added -> new TreeMap<>()).put(rows, rows / timings.medianSeconds(name));
            }
            jobPerRow.put(rows, timings.medianSeconds(Program.JOB) / rows);
        }
        RowsPerSecondPlot.write(folder.resolve("rows-per-second.svg"), perSecond);
        Timings of = results.timings(title(large, LARGE));
        results.add(
                title(large, LARGE) + ", whole process / script",
                of.ratio(Program.NAME, HandWrittenScript.NAME),
                0.40,
                "");
        results.add(
                "time per row of " + count(LARGE) + " rows / of " + count(LARGE / 100),
                jobPerRow.get(LARGE) / jobPerRow.get(LARGE / 100),
                1.20,
                "");
        results.add("peak memory, " + count(LARGE) + " rows", program.peakMegabytes(), 300, " MB");

        double whole = of.medianSeconds(Program.NAME);
        results.add("dry run of " + count(LARGE) + " rows / run", dryRun(large, LARGE) / whole, 0.30, "");
        results.add("resume of a run killed half-way / run", resume(large, LARGE) / whole, 0.60, "");
    }

    @Test
    void halfAMillionUsers() throws Exception {
        String title = title(medium, MEDIUM);
        Timings timings = rounds(title, medium, MEDIUM, List.of(script, program, new TutorialJob()));
        results.add(title + ", whole process / script", timings.ratio(Program.NAME, HandWrittenScript.NAME), 1.00, "");
        results.add(
                title + ", whole process / job as tutorials write it",
                timings.ratio(Program.NAME, TutorialJob.NAME),
                0.04,
                "");
    }

    @Test
    void halfAMillionUsersWithLargerBuffers() throws Exception {
        for (int rows : List.of(MEDIUM, MEDIUM * 5 / 2)) {
            String title = title(mediumOnLarger, rows) + ", shared buffers " + LARGER;
            Timings timings = rounds(title, mediumOnLarger, rows, List.of(script, program));
            results.add(
                    title + ", whole process / script", timings.ratio(Program.NAME, HandWrittenScript.NAME), 1.00, "");
        }
    }

    @Test
    void fiveHundredRows() throws Exception {
        Path input = medium.input(folder, SMALL);
        Timings timings = results.timings(title(medium, SMALL));
        for (int start = 0; start < STARTS; start++) {
            for (Program started : List.of(Program.jar(folder), program)) {
                medium.restore();
                timings.add(started.run(medium, input));
            }
        }
        results.add("500 rows, start to exit / java -jar", timings.ratio(Program.NAME, Program.JAR), 0.55, "");
    }

    @Test
    void latencyOfThePlatform() throws Exception {
        Path input = large.input(folder, LARGE);
        large.restore();
        Duration idle;
        try (PlatformTraffic traffic = new PlatformTraffic(large);
                LockProbe locks = new LockProbe(large)) {
            Thread.sleep(IDLE.toMillis());
            idle = traffic.p99();
            assertThat(locks.longest()).isZero();
        }
        Latency run = latency(input, List.of());
        Latency gentle = latency(input, List.of("--gentle"));
        results.add(
                "a platform's transaction, p99 during the run / idle (%s / %s)"
                        .formatted(millis(run.p99()), millis(idle)),
                ratio(run.p99(), idle),
                2,
                "");
        results.add("the same with --gentle (%s)".formatted(millis(gentle.p99())), ratio(gentle.p99(), idle), 4, "");
        results.timings(title(large, LARGE) + ", beside the platform's traffic")
                .add(Map.of(Program.NAME, run.whole(), Program.NAME + " --gentle", gentle.whole()));
        results.add("longest that a chunk held its locks", run.longestLock().toMillis(), 250, " ms");
        results.add("the same with --gentle", gentle.longestLock().toMillis(), 250, " ms");
    }

    /**
     * What the platform notices of a run.
     *
     * @param p99 how long 99 of 100 transactions of the platform took at the most
     * @param longestLock how long a user was locked at the most
     * @param whole how long the run took
     */
    private record Latency(Duration p99, Duration longestLock, Duration whole) {}

    private Latency latency(Path input, List<String> options) throws Exception {
        large.restore();
        try (PlatformTraffic traffic = new PlatformTraffic(large);
                LockProbe locks = new LockProbe(large)) {
            long start = System.nanoTime();
            program.run(large, input, options);
            Duration whole = Duration.ofNanos(System.nanoTime() - start);
            return new Latency(traffic.p99(), locks.longest(), whole);
        }
    }

    private static double ratio(Duration part, Duration whole) {
        return (double) part.toNanos() / whole.toNanos();
    }

    /** A B A B. */
    private Timings rounds(String title, BenchmarkWorld world, int rows, List<Contender> contenders) throws Exception {
        Path input = world.input(folder, rows);
        Timings timings = results.timings(title);
        List<Long> done = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            for (Contender contender : contenders) {
                world.restore();
                Map<String, Duration> measured = contender.run(world, input);
                System.out.println(title + ": " + measured);
                timings.add(measured);
                List<Long> effect = effect(world);
                assertThat(effect).isEqualTo(done.isEmpty() ? effect : done);
                done = effect;
            }
        }
        return timings;
    }

    private double dryRun(BenchmarkWorld world, int rows) throws Exception {
        world.restore();
        Timings timings = results.timings(title(world, rows) + ", dry run");
        timings.add(program.run(world, world.input(folder, rows), List.of("--dry-run")));
        return timings.medianSeconds(Program.NAME);
    }

    /** The seconds that the same command takes after half of the users were done when it was killed. */
    private double resume(BenchmarkWorld world, int rows) throws Exception {
        Path input = world.input(folder, rows);
        world.restore();
        Process process = program.start(world, input, List.of());
        try (Connection connection = world.owner().getConnection();
                Statement statement = connection.createStatement()) {
            while (count(statement, "select coalesce(sum(user_count), 0) from fuse_batch.run_chunks") < rows / 2) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(20);
            }
            process.destroyForcibly().waitFor();
        }
        Timings timings = results.timings(title(world, rows) + ", resumed");
        timings.add(program.run(world, input));
        return timings.medianSeconds(Program.NAME);
    }

    /** How many users are inactive, and what is left of the rows that are to go. */
    private static List<Long> effect(BenchmarkWorld world) throws Exception {
        try (Connection connection = world.owner().getConnection();
                Statement statement = connection.createStatement()) {
            return List.of(
                    count(statement, "select count(*) from users where not active"),
                    count(statement, "select count(*) from community_memberships"),
                    count(statement, "select count(*) from oauth_tokens"),
                    count(statement, "select count(*) from device_tokens"),
                    count(statement, "select count(*) from auto_login_tokens"),
                    count(statement, "select count(*) from membership_requests"),
                    count(statement, "select count(*) from certificates"));
        }
    }

    private static long count(Statement statement, String sql) throws Exception {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String title(BenchmarkWorld world, int rows) {
        return "%s of %s users".formatted(count(rows), count(world.users()));
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    private static String count(int rows) {
        return String.format(Locale.ROOT, "%,d", rows);
    }
}
