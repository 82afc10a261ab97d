package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DuplicateKeyException;

/** Two processes start on the same input at the same time, and only one of them works on it. */
@ExtendWith(TestPlatform.class)
record DoubleStartTest(TestDatabase database, World world, Path folder) {

    private static final int USERS = 50;

    @RepeatedTest(2)
    void oneProcessWorksAndTheOtherExitsWithTryAgain() throws Exception {
        Crowd crowd = new Crowd(world, USERS);
        FuseUsers first = fuseUsers("first");
        FuseUsers second = fuseUsers("second");
        String[] command = {"deactivate", "--yes", "--chunk-size", "10", first.input("leavers.csv", crowd.lines())};
        List<Process> processes;
        try (OtherSession gate =
                OtherSession.gate(database, "before insert", "fuse_batch.run_chunks", "new.user_count > 0")) {
            try (OtherSession start = new OtherSession(database)) {
                start.execute("lock table fuse_batch.flyway_schema_history in access exclusive mode");
                processes = List.of(first.start(command), second.start(command));
                start.awaitBlocked(2);
            }
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> processes.stream().anyMatch(process -> !process.isAlive()));
        }

        for (Process process : processes) {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(processes.stream().map(Process::exitValue)).containsExactlyInAnyOrder(0, 75);
        assertThat(world.texts("select id || ' ' || exit_code from fuse_batch.runs"))
                .containsExactly("1 0");
        assertThat(world.count("select count(*) from fuse_batch.batch_job_execution"))
                .isEqualTo(1);
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, USERS));
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, USERS));
        assertThat(crowd.recordedDeletions(1)).containsExactlyInAnyOrderElementsOf(Crowd.deletions(USERS, USERS));
        assertThat(reports()).hasSize(1);
    }

    @Test
    void theDatabaseRefusesASecondActiveExecutionOfARun() {
        world.execute("insert into fuse_batch.batch_job_instance values (1, 0, 'deactivate', 'key')");
        String execution = "insert into fuse_batch.batch_job_execution"
                + " (job_execution_id, job_instance_id, create_time, status) values (?, 1, now(), ?)";
        world.execute(execution, 1, "FAILED");
        world.execute(execution, 2, "STARTED");

        for (String running : List.of("STARTING", "STARTED", "STOPPING")) {
            assertThatThrownBy(() -> world.execute(execution, 3, running)).isInstanceOf(DuplicateKeyException.class);
        }
        world.execute("update fuse_batch.batch_job_execution set status = 'STOPPED' where job_execution_id = 2");
        world.execute(execution, 3, "STARTING");
        assertThat(world.count("select count(*) from fuse_batch.batch_job_execution"))
                .isEqualTo(3);
    }

    @Test
    void theDatabaseRefusesASecondOpenRunOfTheSameKey() {
        String run =
                "insert into fuse_batch.runs (command, dry_run, run_key, input_kind, input_name, input_digest, started_at)"
                        + " values ('deactivate', false, sha256('key'), 'file', 'leavers.csv', sha256('digest'), now())";
        world.execute(run);

        assertThatThrownBy(() -> world.execute(run)).isInstanceOf(DuplicateKeyException.class);
        world.execute("update fuse_batch.runs set ended_at = now(), exit_code = 0");
        world.execute(run);
        assertThat(world.count("select count(*) from fuse_batch.runs")).isEqualTo(2);
    }

    private FuseUsers fuseUsers(String name) throws IOException {
        return new FuseUsers(database, Files.createDirectory(folder.resolve(name)));
    }

    private List<Path> reports() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("summary.json")).toList();
        }
    }
}
