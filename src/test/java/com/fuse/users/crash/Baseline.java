package com.fuse.users.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import com.fuse.users.oracle.ExpectedRun;
import com.fuse.users.oracle.Input;
import com.fuse.users.oracle.Oracle;
import com.fuse.users.oracle.Platform;
import com.fuse.users.oracle.PlatformTables;
import com.fuse.users.oracle.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A platform and an input, the result that the oracle expects, and the report of a run without interruption. */
final class Baseline implements AutoCloseable {

    /** The exit code of a run with skips. */
    static final int EXIT = 4;

    private final Instant start = Instant.now();
    private final TestDatabase database = TestDatabase.create();
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final String input;
    private final ExpectedRun expected;
    private final Map<JobStep, Duration> durations;

    Baseline(Path folder, Random random) throws Exception {
        this.folder = folder;
        World world = new World(database);
        MixedCrowd.make(world);
        PartialChanges.rememberStart(world);
        TransactionLog.install(world);
        Input rows = MixedCrowd.input(random);
        expected = Oracle.deactivate(PlatformTables.read(database.owner()), rows, null, Instant.now());
        try (TestDatabase copy = copy();
                StepWatch watch = new StepWatch(copy)) {
            fuseUsers = FuseUsers.installed(copy, folder);
            input = fuseUsers.input("leavers.csv", rows.lines().toArray(String[]::new));
            Process process = fuseUsers.start(command(50, 2));
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("err.txt")))
                    .isEqualTo(EXIT);
            durations = watch.durations();
        }
    }

    /** A copy of the platform before any run. */
    TestDatabase copy() {
        return database.copy();
    }

    String[] command(int chunkSize, int partitions) {
        return new String[] {
            "deactivate",
            "--yes",
            "--max-percent",
            "100",
            "--chunk-size",
            String.valueOf(chunkSize),
            "--partitions",
            String.valueOf(partitions),
            input
        };
    }

    /** The duration of the step. */
    Duration duration(JobStep step) {
        return durations.get(step);
    }

    /** The platform that the oracle expects after the run, without times of the run. */
    Map<String, Set<Row>> platform() {
        return timeless(expected.after());
    }

    /** The current platform of a database, in the form of {@link #platform()}. */
    Map<String, Set<Row>> platform(TestDatabase database) {
        return timeless(PlatformTables.read(database.owner()));
    }

    /** Line, outcome, user and communities of each row, as the oracle expects them. */
    List<String> outcomes() {
        return expected.byLine().entrySet().stream()
                .map(entry -> "%d %s %s %s"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().outcome(),
                                entry.getValue().userId(),
                                entry.getValue().communityIds()))
                .toList();
    }

    /** The program with the reports of the uninterrupted run, whose number is the same. */
    FuseUsers uninterrupted() {
        return fuseUsers;
    }

    /** The report directory of the uninterrupted run. */
    Path reports() {
        return folder.resolve("reports");
    }

    private Map<String, Set<Row>> timeless(Platform platform) {
        return platform.tables().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream().map(this::timeless).collect(Collectors.toSet())));
    }

    private Row timeless(Row row) {
        SortedMap<String, @Nullable Object> columns = new TreeMap<>(row.columns());
        columns.replaceAll(
                (name, value) -> value instanceof Instant moment && moment.isAfter(start) ? "during the run" : value);
        return new Row(columns);
    }

    @Override
    public void close() {
        database.close();
    }
}
