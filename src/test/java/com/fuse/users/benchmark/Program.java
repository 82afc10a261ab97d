package com.fuse.users.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged program: a separate process, measured from start to exit. */
final class Program implements Contender {

    static final String NAME = "fuse-users";
    static final String JOB = "fuse-users, from the first row read to the last report written";

    private static final String JOB_MILLIS = """
            select extract(epoch from max(end_time) - min(start_time)) * 1000
            from fuse_batch.batch_step_execution
            """;

    private final Path folder;
    private final String java;
    private final List<String> options;

    /** @param options besides those without which a benchmark cannot run */
    Program(Path folder, String... options) {
        this.folder = folder;
        this.java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        this.options = List.of(options);
    }

    @Override
    public Map<String, Duration> run(BenchmarkWorld world, Path input) throws Exception {
        long start = System.nanoTime();
        Process process = start(world, input);
        int exit = process.waitFor();
        Duration whole = Duration.ofNanos(System.nanoTime() - start);
        assertThat(exit).as(Files.readString(folder.resolve("err.txt"))).isZero();
        return Map.of(NAME, whole, JOB, job(world));
    }

    Process start(BenchmarkWorld world, Path input) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Xmx256m",
                "-jar",
                Path.of("target", "fuse-users.jar").toAbsolutePath().toString(),
                "deactivate",
                "--yes",
                "--accept-skips",
                "--max-percent",
                "100",
                "--report-dir",
                folder.resolve("reports").toString()));
        command.addAll(options);
        command.add(input.toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().putAll(world.jobSettings());
        return builder.start();
    }

    private static Duration job(BenchmarkWorld world) throws SQLException {
        try (Connection connection = world.owner().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(JOB_MILLIS)) {
            row.next();
            return Duration.ofMillis(row.getLong(1));
        }
    }
}
