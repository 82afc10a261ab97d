package com.fuse.users.purge;

import com.fuse.users.database.Times;
import com.fuse.users.liveness.LiveRuns;
import com.fuse.users.purge.PurgePlan.OldRun;
import com.fuse.users.run.CommandRepository;
import com.fuse.users.run.PurgedRuns;
import com.fuse.users.run.request.RunParameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes the records of runs that have ended. It keeps runs that can still be resumed, and runs that another run refers
 * to, because its undo or its plan needs their records.
 *
 * <p>A purge marks a run, then empties it in batches, then replaces it by its trace and removes Spring Batch's metadata.
 * Each of these is a transaction of its own. After an interruption at any moment, the next purge continues with the marked
 * runs. At any moment, either the run or its trace says that its input was completed.
 *
 * <p>Each transaction begins with the lock on the run's row. Two concurrent purges take turns batch by batch, and each of
 * them returns only after everything it had to remove is gone. A run that begins to refer to this one does so before the
 * mark, or finds the mark.
 */
public class RunPurge {

    private static final int BATCH_SIZE = 10_000;

    private static final String LOCK = """
            select id, command, job_instance_id, purge_started_at is not null as marked from fuse_batch.runs
            where id = :run and ended_at is not null
            for update
            """;

    private static final String IS_REFERRED_TO =
            "select exists (select from fuse_batch.runs where plan_run_id = :run or undone_run_id = :run)";

    private final JdbcClient jdbc;
    private final LiveRuns liveRuns;
    private final JobRepository jobRepository;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public RunPurge(
            JdbcClient jdbc,
            LiveRuns liveRuns,
            JobRepository jobRepository,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.jdbc = jdbc;
        this.liveRuns = liveRuns;
        this.jobRepository = jobRepository;
        this.transaction = new TransactionTemplate(transactionManager);
        this.clock = clock;
    }

    /**
     * Finds the runs that ended longer ago than this age, and those that an interrupted purge left. Changes nothing.
     *
     * @param age not negative
     */
    public PurgePlan plan(Duration age) {
        return new OldRuns(jdbc, liveRuns).plan(before(age));
    }

    /**
     * Purges the runs of a plan, except those that another run has begun to refer to since. Makes its own transactions and
     * must not be called in one.
     */
    public PurgeResult purge(PurgePlan plan) {
        long purged = 0;
        long records = 0;
        for (OldRun old : plan.runs()) {
            if (mark(old.id())) {
                for (RecordTable table : RecordTable.ALL) {
                    records += empty(table, old.id());
                }
                purged += remove(old.id()) ? 1 : 0;
            }
        }
        new CommandRepository(jdbc, clock).purge();
        return new PurgeResult(purged, records);
    }

    /** At most back to 1970: a longer age is out of range for Instant and PostgreSQL. */
    private Instant before(Duration age) {
        Instant now = clock.instant();
        boolean isBeyondEpoch = age.compareTo(Duration.between(Instant.EPOCH, now)) > 0;
        return isBeyondEpoch ? Instant.EPOCH : now.minus(age);
    }

    /** Marks the run and returns whether it is to be purged. From here on, nothing relies on its records. */
    private boolean mark(long run) {
        return inTransaction(() -> {
            Optional<EndedRun> locked = lock(run);
            if (locked.isEmpty()) {
                return false;
            }
            if (locked.get().marked()) {
                return true;
            }
            // The process that ended the run keeps its lock until Spring Batch has recorded the end too.
            if (isReferredTo(run) || liveRuns.contains(run)) {
                return false;
            }
            return jdbc.sql("update fuse_batch.runs set purge_started_at = :now where id = :run")
                            .param("now", Times.now(clock))
                            .param("run", run)
                            .update()
                    == 1;
        });
    }

    /** Follows the key of the table, so that no batch scans the dead rows of the batches before it. */
    private long empty(RecordTable table, long run) {
        long deleted = 0;
        Batch batch = new Batch(Long.MIN_VALUE, 0);
        do {
            batch = batchAfter(batch.last(), table, run);
            deleted += batch.deleted();
        } while (batch.deleted() > 0);
        return deleted;
    }

    private Batch batchAfter(long after, RecordTable table, long run) {
        return inTransaction(() -> {
            lock(run);
            Long last = table.lastOfBatch(jdbc, run, after, BATCH_SIZE);
            return last == null ? new Batch(after, 0) : new Batch(last, table.delete(jdbc, run, after, last));
        });
    }

    /** Removes the run; false if another purge did, or if a run refers to it by now. */
    private boolean remove(long run) {
        return inTransaction(() -> {
            Optional<EndedRun> locked = lock(run);
            if (locked.isEmpty() || isReferredTo(run)) {
                return false;
            }
            new PurgedRuns(jdbc).add(run, clock);
            jdbc.sql("delete from fuse_batch.runs where id = :run")
                    .param("run", run)
                    .update();
            JobInstance instance = instance(locked.get());
            if (instance != null) {
                jobRepository.deleteJobInstance(instance);
            }
            return true;
        });
    }

    /** Spring Batch creates its instance before the run's record has its ID, so a run without the ID may have one. */
    private @Nullable JobInstance instance(EndedRun run) {
        if (run.jobInstanceId() != null) {
            return jobRepository.getJobInstance(run.jobInstanceId());
        }
        return jobRepository.getJobInstance(run.command(), RunParameters.identifying(run.id()));
    }

    /** Locks the run until the transaction ends; empty if the run is gone or has not ended. */
    private Optional<EndedRun> lock(long run) {
        return jdbc.sql(LOCK)
                .param("run", run)
                .query((row, number) -> new EndedRun(
                        row.getLong("id"),
                        row.getString("command"),
                        row.getObject("job_instance_id", Long.class),
                        row.getBoolean("marked")))
                .optional();
    }

    /** Sees everything that is committed now, so it must come after the lock, in its own statement. */
    private boolean isReferredTo(long run) {
        return jdbc.sql(IS_REFERRED_TO).param("run", run).query(Boolean.class).single();
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private record EndedRun(
            long id, String command, @Nullable Long jobInstanceId, boolean marked) {}

    private record Batch(long last, int deleted) {}
}
