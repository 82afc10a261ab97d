package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command retries after a transient error without intervention. */
@ExtendWith(TestPlatform.class)
class RetryTest {

    private static final int USERS = 60;

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final Crowd crowd;
    private final String[] command;
    private Future<FuseUsers.Result> run = CompletableFuture.completedFuture(new FuseUsers.Result(0, "", ""));

    RetryTest(TestDatabase database, World world, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        crowd = new Crowd(world, USERS);
        String input = fuseUsers.input("leavers.csv", crowd.lines());
        command = new String[] {"deactivate", "--yes", "--chunk-size", "10", "--partitions", "1", input};
    }

    @AfterEach
    void awaitRun() throws Exception {
        // A run that a failed test left behind would continue during the next test.
        run.get(75, TimeUnit.SECONDS);
    }

    @Test
    void aDeadlockThatTheJobLosesIsRetried() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("set local deadlock_timeout = '10min'");
            other.execute("select from users where id = 35 for update");
            start(Map.of());
            other.awaitBlocked(1);
            other.execute("select from users where id = 32 for update");
        }

        assertCompletesWithoutIntervention();
        assertThat(failuresOfChunks()).contains("deadlock detected");
    }

    @Test
    void aLockTimeoutIsRetried() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 35 for update");
            start(Map.of("spring.datasource.hikari.connection-init-sql", "set lock_timeout = '100ms'"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> world.count("select count(*) from fuse_batch.batch_job_execution") > 2);
        }

        assertCompletesWithoutIntervention();
        assertThat(failuresOfChunks()).contains("canceling statement due to lock timeout");
    }

    @ParameterizedTest(name = "{0} {1}, when {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "before insert | fuse_batch.batch_job_execution | new.status = 'STARTING'",
                "before insert | fuse_batch.run_users | new.user_id = 1",
                "before update | fuse_batch.batch_step_execution | new.step_name = 'stage' and new.status = 'COMPLETED'",
                "before insert | fuse_batch.run_outcomes | new.user_id = 35",
                "before update | fuse_batch.batch_step_execution | new.step_name like 'users%' and new.commit_count = 3",
                "before update | fuse_batch.batch_step_execution | new.step_name like 'users%' and new.status = 'COMPLETED'",
                "before update | fuse_batch.runs | new.ended_at is not null",
                "before update | fuse_batch.batch_step_execution | new.step_name = 'report' and new.status = 'COMPLETED'"
            })
    void aBrokenConnectionIsReplacedAndEveryUserIsChangedOnce(String when, String table, String condition)
            throws Exception {
        try (OtherSession gate = OtherSession.gate(database, when, table, condition)) {
            start(Map.of());
            gate.awaitBlocked(1);
            gate.terminateBlocked();
            world.execute("drop trigger gate on " + table);
        }

        assertCompletesWithoutIntervention();
    }

    /**
     * The third chunk is committed, but the commit waits for a standby that does not exist, and the answer never
     * arrives.
     */
    @Test
    void aChunkWithAnUnansweredCommitIsNotRepeated() throws Exception {
        world.execute("alter system set synchronous_standby_names = 'nobody'");
        try {
            world.texts("select pg_reload_conf()::text");
            world.execute(
                    "create function test_sessions.wait_for_standby() returns trigger language plpgsql as $$ begin"
                            + " perform set_config('synchronous_commit', 'on', true); return new; end $$");
            world.execute("create trigger wait_for_standby before insert on fuse_batch.run_outcomes for each row"
                    + " when (new.user_id = 25) execute function test_sessions.wait_for_standby()");
            start(Map.of());
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> world.texts("select pg_terminate_backend(pid, 5000)::text from pg_stat_activity"
                                    + " where wait_event = 'SyncRep' and datname = current_database()")
                            .contains("true"));
        } finally {
            world.execute("alter system reset synchronous_standby_names");
            world.texts("select pg_reload_conf()::text");
        }

        assertCompletesWithoutIntervention();
        assertThat(world.count("select count(*) from fuse_batch.run_chunks")).isEqualTo(6);
        assertThat(world.count("select count(*) from fuse_batch.batch_job_execution"))
                .isEqualTo(2);
    }

    @Test
    void theRunContinuesAfterTheConnectionOfItsLockBroke() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 35 for update");
            start(Map.of());
            other.awaitBlocked(1);
            world.texts("select pg_terminate_backend(pid, 5000)::text from pg_locks where locktype = 'advisory'"
                    + " and database = (select oid from pg_database where datname = current_database())"
                    + " group by pid");
        }

        assertCompletesWithoutIntervention();
    }

    @Test
    void allConnectionsMayBreakAtOnce() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 35 for update");
            start(Map.of());
            other.awaitBlocked(1);
            world.texts(
                    "select pg_terminate_backend(pid, 5000)::text from pg_stat_activity where usename = ?"
                            + " and datname = current_database() group by pid",
                    database.jobUser());
        }

        assertCompletesWithoutIntervention();
    }

    private void start(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.putAll(more);
        run = CompletableFuture.supplyAsync(() -> fuseUsers.run(settings, command));
    }

    private void assertCompletesWithoutIntervention()
            throws InterruptedException, ExecutionException, TimeoutException {
        run.get(30, TimeUnit.SECONDS).exits(0);
        CompletedRun.assertCompletedOnce(crowd, fuseUsers);
    }

    private String failuresOfChunks() {
        return String.join(
                "\n",
                world.texts("select exit_message from fuse_batch.batch_step_execution where step_name like 'users%'"
                        + " and status = 'FAILED'"));
    }
}
