package com.fuse.users.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program as a separate process, measured from start to exit. */
final class Program implements Contender {

    /** The installed command. */
    static final String NAME = "fuse-users";

    /** The same program without the installation's launcher. */
    static final String JAR = "java -jar";

    private static final String JOB_ALONE = ", from the first row read to the last report written";

    /** The job of the installed command, without the start and the end of its process. */
    static final String JOB = NAME + JOB_ALONE;

    private static final Duration SAMPLING = Duration.ofMillis(50);

    private static final String JOB_MILLIS = """
            select extract(epoch from max(end_time) - min(start_time)) * 1000
            from fuse_batch.batch_step_execution
            """;

    private final Path folder;
    private final String name;
    private final List<String> command;
    private long peakKilobytes;

    private Program(Path folder, String name, List<String> command) {
        this.folder = folder;
        this.name = name;
        this.command = command;
    }

    /** The installed command, which has its class archive. */
    static Program installed(Path folder) throws IOException, InterruptedException {
        String command = FuseUsers.INSTALLATION.resolve("bin/fuse-users").toString();
        Process archive = new ProcessBuilder(command, "--create-class-archive").start();
        assertThat(archive.waitFor()).isZero();
        return new Program(folder, NAME, List.of(command));
    }

    /** The jar alone, on the Java of the benchmark. */
    static Program jar(Path folder) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = Path.of("target", "fuse-users.jar").toAbsolutePath().toString();
        return new Program(folder, JAR, List.of(java, "-jar", jar));
    }

    @Override
    public Map<String, Duration> run(BenchmarkWorld world, Path input) throws Exception {
        return run(world, input, List.of());
    }

    /** Runs with these options besides those without which a benchmark cannot run. */
    Map<String, Duration> run(BenchmarkWorld world, Path input, List<String> options) throws Exception {
        long start = System.nanoTime();
        Process process = start(world, input, options);
        while (!process.waitFor(SAMPLING.toMillis(), TimeUnit.MILLISECONDS)) {
            peakKilobytes = Math.max(peakKilobytes, residentKilobytes(process));
        }
        Duration whole = Duration.ofNanos(System.nanoTime() - start);
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("err.txt")))
                .isZero();
        return Map.of(name, whole, name + JOB_ALONE, job(world));
    }

    /** The largest memory that any process of this program has used so far, in MB; 0 where the system does not say. */
    double peakMegabytes() {
        return peakKilobytes / 1000.0;
    }

    private static long residentKilobytes(Process process) {
        try (Stream<String> status = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    Process start(BenchmarkWorld world, Path input, List<String> options) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("deactivate", "--yes", "--accept-skips", "--max-percent", "100"));
        words.addAll(List.of("--report-dir", folder.resolve("reports").toString()));
        words.addAll(options);
        words.add(input.toString());
        ProcessBuilder builder = new ProcessBuilder(words)
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
