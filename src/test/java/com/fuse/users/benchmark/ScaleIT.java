package com.fuse.users.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Measures how many users per second the change step decides, with more partitions and with more processes: on a database
 * that shares the machine's processors, and on one that needs time for each chunk but no processor, as if it were another
 * machine with processors to spare. {@code target/benchmark/scale.md} keeps the figures. It asserts results, and no time.
 */
@Tag("benchmark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScaleIT {

    private static final int ROWS = Integer.getInteger("benchmark.scale", 100_000);

    /** How long a chunk of 500 users takes on the database, without its own statements. */
    private static final double CHUNK_SECONDS = 0.2;

    private static final String SLOW_CHUNKS = """
            create function public.slow_chunk() returns trigger language plpgsql as $$
            begin
                perform pg_sleep(%s);
                return new;
            end $$;
            create trigger slow_chunk before insert on fuse_batch.run_chunks for each row
                execute function public.slow_chunk()
            """.formatted(CHUNK_SECONDS);

    private static final String CHANGE_SECONDS = """
            select extract(epoch from max(end_time) - min(start_time))
            from fuse_batch.batch_step_execution
            where step_name = 'deactivate'
            """;

    private final Path folder =
            Files.createDirectories(Path.of("target", "benchmark").toAbsolutePath());
    private final BenchmarkServer server =
            new BenchmarkServer(Path.of("target", "benchmark-postgres").toAbsolutePath(), "128MB");
    private final BenchmarkWorld world = new BenchmarkWorld(server, ROWS * 5);
    private final Program program = Program.installed(folder);

    ScaleIT() throws Exception {}

    @Test
    void partitionsAndProcesses() throws Exception {
        for (boolean slow : List.of(true, false)) {
            for (int partitions : List.of(1, 2, 4, 8, 16, 32)) {
                measure(slow, 1, partitions);
            }
            for (int processes : List.of(2, 3, 4)) {
                measure(slow, processes, 2);
            }
        }
    }

    private void measure(boolean slow, int processes, int partitions) throws Exception {
        Path input = world.input(folder, ROWS);
        world.restore();
        if (slow) {
            execute(SLOW_CHUNKS);
        }
        List<Process> started = new ArrayList<>();
        for (int process = 0; process < processes; process++) {
            started.add(program.start(
                    world,
                    input,
                    List.of("--join", "--max-blocked", "60s", "--partitions", String.valueOf(partitions))));
        }
        for (Process process : started) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(number("select count(*) from fuse_batch.run_outcomes")).isEqualTo(ROWS);
        double users = ROWS / number(CHANGE_SECONDS);
        String line = String.format(
                Locale.ROOT, "| %s | %d | %d | %.0f |%n", slow ? "simulated" : "real", processes, partitions, users);
        System.out.print(line);
        Files.writeString(folder.resolve("scale.md"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = world.owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private double number(String sql) throws Exception {
        try (Connection connection = world.owner().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getDouble(1);
        }
    }

    @AfterAll
    void end() throws Exception {
        server.close();
    }
}
