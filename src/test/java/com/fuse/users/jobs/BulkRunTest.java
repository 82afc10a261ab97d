package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.PosixSignal;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.jobs.Manifests.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pods of the bulk run share a run, and their exit codes are such that the Job ends as the run does. */
@ExtendWith(TestPlatform.class)
class BulkRunTest {

    private static final int USERS = 400;
    /** The user whom every run skips. */
    private static final int ADMIN = 7;

    private static final Workload BULK = Manifests.workloads("production")
            .filter(workload -> workload.name().equals("fuse-users-bulk"))
            .findFirst()
            .orElseThrow();

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final Path folder;
    private final List<Process> pods = new ArrayList<>();

    BulkRunTest(TestDatabase database, World world, FuseUsers fuseUsers, Path folder) throws IOException {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        this.folder = folder;
        Crowd crowd = new Crowd(world, USERS);
        world.admin(ADMIN, 2);
        Path input = Path.of(folder.toString(), file()).getParent();
        Files.createDirectories(input);
        Files.write(Path.of(folder.toString(), file()), List.of(crowd.lines()));
    }

    @AfterEach
    void end() {
        pods.forEach(Process::destroyForcibly);
    }

    @Test
    void allPodsSucceedIfTheRunIsCompletedAlsoOneThatStartsLateAndThereIsOneReport() throws Exception {
        try (OtherSession gate = gate()) {
            start();
            gate.awaitBlocked(2);
            start();
            gate.awaitBlocked(4);
        }
        assertThat(exits()).containsExactly(0, 0);

        start();

        assertThat(exits()).containsExactly(0, 0, 0);
        assertCompleted("COMPLETED");
        assertThat(Files.readString(folder.resolve("3.txt"))).contains(": passed over, run 1 completed it on ");
    }

    /** Kubernetes sends SIGTERM, and does not count this pod as a failure. */
    @Test
    void anotherPodGoesOnWithTheRunIfTheNodeOfTheManagerIsDrained() throws Exception {
        try (OtherSession gate = gate()) {
            Process manager = start();
            gate.awaitBlocked(2);
            start();
            gate.awaitBlocked(4);
            assertThat(PosixSignal.TERM.sendTo(manager)).isTrue();
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.readString(folder.resolve("1.txt"))
                    .contains("Stopping after the current chunk"));
        }

        assertThat(exits()).containsExactly(143, 0);
        assertCompleted("STOPPED", "COMPLETED");
    }

    private Process start() throws IOException {
        int number = pods.size() + 1;
        Process pod = fuseUsers
                .process(Stream.concat(
                                BULK.container().getArgs().stream()
                                        // The test's own folders come instead.
                                        .filter(argument -> !argument.startsWith("--report-dir="))
                                        .map(argument -> argument.equals(file()) ? folder + argument : argument),
                                // So that there are more partitions than one process takes.
                                Stream.of("--chunk-size=2", "--max-percent=100"))
                        .toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(number + ".txt").toFile())
                .start();
        pods.add(pod);
        return pod;
    }

    private static String file() {
        List<String> arguments = BULK.container().getArgs();
        return arguments.get(arguments.size() - 1);
    }

    /** Every chunk waits in front of it. */
    private OtherSession gate() {
        return OtherSession.gate(database, "before insert", "fuse_batch.run_chunks", "new.user_count > 0");
    }

    private List<Integer> exits() throws InterruptedException {
        List<Integer> exits = new ArrayList<>();
        for (Process pod : pods) {
            assertThat(pod.waitFor(60, TimeUnit.SECONDS)).isTrue();
            exits.add(pod.exitValue());
        }
        return exits;
    }

    private void assertCompleted(String... attempts) throws IOException {
        assertThat(world.texts("select status from fuse_batch.batch_job_execution order by job_execution_id"))
                .containsExactly(attempts);
        assertThat(world.texts("select id || ' ' || exit_code from fuse_batch.runs"))
                .containsExactly("1 0");
        assertThat(world.count("select count(*) from fuse_batch.run_outcomes where outcome = 'DEACTIVATED'"))
                .isEqualTo(USERS - 1);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.endsWith("summary.json"))).hasSize(1);
        }
    }
}
