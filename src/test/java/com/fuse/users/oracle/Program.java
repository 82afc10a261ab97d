package com.fuse.users.oracle;

import com.fuse.users.TestDatabase;
import com.fuse.users.job.RunEnd;
import com.fuse.users.job.RunLauncher;
import com.fuse.users.liveness.StopSignal;
import com.fuse.users.operation.Confirmation;
import com.fuse.users.operation.Operation;
import com.fuse.users.operation.RunOrder;
import com.fuse.users.run.Completion;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.RunRepository;
import com.fuse.users.run.request.RunRequest;
import com.fuse.users.session.FuseUsersConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/**
 * The program, started once for thousands of runs as the job's login, on a database of its own. Only the clock is the
 * test's.
 */
final class Program implements AutoCloseable {

    private static final String EMPTY = Stream.concat(
                    Platform.TABLES.stream().map("public."::concat),
                    Stream.of(
                                    "command_runs",
                                    "commands",
                                    "run_chunks",
                                    "run_outcomes",
                                    "run_users",
                                    "run_rows",
                                    "runs",
                                    "batch_step_execution_context",
                                    "batch_step_execution",
                                    "batch_job_execution_context",
                                    "batch_job_execution_params",
                                    "batch_job_execution",
                                    "batch_job_instance")
                            .map("fuse_batch."::concat))
            .map("delete from "::concat)
            .collect(Collectors.joining(
                    ";\n", "set session_replication_role = replica;\n", ";\nreset session_replication_role"));

    private final TestDatabase database = TestDatabase.create();
    private final TestClock clock = new TestClock();
    private final SingleConnectionDataSource owner =
            new SingleConnectionDataSource(database.url(), database.ownerUser(), database.ownerPassword(), true);
    private final ConfigurableApplicationContext context;
    private final Path folder;

    Program() {
        context = new SpringApplicationBuilder(FuseUsersConfiguration.class)
                .properties(new HashMap<>(database.jobSettings()))
                .initializers(this::registerClock)
                .run();
        try {
            folder = Files.createTempDirectory("oracle");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection of the owner, to look at the database from outside. */
    DataSource owner() {
        return owner;
    }

    TestClock clock() {
        return clock;
    }

    /** Writes an input. */
    Path write(List<String> lines) {
        try {
            return Files.write(folder.resolve("users.csv"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path reportDir() {
        return folder.resolve("reports");
    }

    /** Removes every row of the platform and every record of a run. */
    void reset() {
        execute(EMPTY);
        FileSystemUtils.deleteRecursively(reportDir().toFile());
    }

    /** Runs statements as the owner. */
    void execute(String sql) {
        try (Statement statement = owner.getConnection().createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The tables and views of the platform. */
    List<String> tablesAndViews() {
        return JdbcClient.create(owner)
                .sql("select table_name from information_schema.tables where table_schema = 'public'")
                .query(String.class)
                .list();
    }

    Run run(long id) {
        return context.getBean(RunRepository.class).find(id).orElseThrow();
    }

    /** Launches a run as a command does. */
    RunEnd launch(Operation operation, RunRequest request, Confirmation confirmation) {
        return context.getBean(RunLauncher.class)
                .launch(new RunOrder(operation, request, null, new SilentMonitor(), confirmation, new StopSignal()));
    }

    @Override
    public void close() {
        context.close();
        owner.destroy();
        database.close();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }

    private void registerClock(ConfigurableApplicationContext fresh) {
        ((GenericApplicationContext) fresh)
                .registerBean("testClock", TestClock.class, () -> clock, definition -> definition.setPrimary(true));
    }

    private static final class SilentMonitor implements RunMonitor {

        @Override
        public void opened(Run run, boolean resumed, @Nullable Completion completedBefore) {}

        @Override
        public void noted(String line) {}

        @Override
        public void waiting(@Nullable String why) {}

        @Override
        public void taskStarted(String name, long done, long total) {}

        @Override
        public void advanced(long rows) {}

        @Override
        public void taskEnded() {}
    }
}
