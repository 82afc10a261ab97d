package com.fuse.users.job;

import com.fuse.users.change.RefusalLimit;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.history.RunSummary;
import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.Heartbeat;
import com.fuse.users.liveness.Recovery;
import com.fuse.users.liveness.RunLock;
import com.fuse.users.liveness.RunLockLostException;
import com.fuse.users.operation.RunOrder;
import com.fuse.users.partition.PartitionQueue;
import com.fuse.users.preflight.PreflightTasklet;
import com.fuse.users.run.RunKey;
import com.fuse.users.run.request.RunParameters;
import com.fuse.users.throttle.Monitoring;
import com.fuse.users.throttle.Throttle;
import com.fuse.users.throttle.ThrottleWatch;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * An attempt at a run: this process works on it, from taking the run's lock to its end. One attempt is one job
 * execution of Spring Batch.
 */
record Attempt(JobEngine engine, RunOrder order, AttemptState state, RunLock lock, Throttle throttle) {

    /**
     * Marks the executions that a dead process left open as FAILED, then works until the run ends or is stopped on request.
     *
     * @throws RuntimeException if the attempt fails, with the failure that says the most
     */
    RunEnd make(Monitoring monitoring) {
        AtomicReference<@Nullable RunSummary> reported = new AtomicReference<>();
        JobExecution execution;
        RunKey key = order.request().definition().key();
        try (Heartbeat heartbeat = new Heartbeat(engine.database(), state);
                ThrottleWatch watch = new ThrottleWatch(engine.database(), state, throttle, monitoring, key)) {
            int number = alone(this::recover);
            Job job = new UserJob(engine, order, state, throttle, number).build(reported::set);
            execution = engine.jobOperator().start(job, RunParameters.of(state.run(), order.request()));
        } catch (JobInstanceAlreadyCompleteException e) {
            throw new ClosedInBatchException(state.run());
        } catch (JobExecutionException e) {
            throw new IllegalStateException(e);
        }
        if (execution.getStatus() == BatchStatus.COMPLETED) {
            return RunEnd.reported(Objects.requireNonNull(reported.get()), objection(execution));
        }
        ExitCode stopped = state.stop().exitCode();
        if (stopped != null && execution.getStatus() == BatchStatus.STOPPED) {
            return RunEnd.stopped(state.stop(), state.run());
        }
        throw execution.getAllFailureExceptions().isEmpty()
                ? new RunLockLostException()
                : AttemptFailure.of(execution.getAllFailureExceptions());
    }

    /** Returns the number of this attempt, counted from 1. */
    private int recover() {
        int number = new Recovery(engine.database().jdbc(), engine.jobRepository()).recover(state.run());
        if (number > 1) {
            PartitionQueue.clear(engine.database().jdbc(), state.run().id());
        }
        return number;
    }

    /**
     * Does work in a transaction while no helper changes a user. A helper that waits for it sees what it has committed.
     *
     * @throws RunLockLostException if another process may have taken the run over
     */
    private <T> T alone(Supplier<T> work) {
        return engine.database().inTransaction(() -> {
            lock.joinAlone(engine.database().jdbc());
            return work.get();
        });
    }

    /**
     * Ends the run as refused.
     *
     * @throws RunLockLostException if another process may have taken the run over
     */
    RunEnd refuse(RefusedException refused) {
        return alone(() -> end(refused));
    }

    /**
     * The same if the run has no chunk, otherwise nothing.
     *
     * @throws RunLockLostException if another process may have taken the run over
     */
    Optional<RunEnd> refuseUnbegun(RefusedException refused) {
        return alone(() -> engine.runs().hasChunks(state.run().id()) ? Optional.empty() : Optional.of(end(refused)));
    }

    private RunEnd end(RefusedException refused) {
        long run = state.run().id();
        engine.runs().end(run, refused.exitCode());
        return RunEnd.refused(
                engine.report().summaries().find(run).orElseThrow(), String.valueOf(refused.getMessage()));
    }

    /**
     * Removes the decisions of a run whose users the database refuses. Returns false, and removes nothing, if another
     * partition has changed a user meanwhile.
     *
     * @throws RunLockLostException if another process may have taken the run over
     */
    boolean withdraw() {
        return alone(() -> {
            // There may be as many decisions as rows: users who were inactive before have one too.
            engine.database().giveTime();
            return new RefusalLimit(engine.database().jdbc(), state.run().id()).withdraw();
        });
    }

    private static @Nullable String objection(JobExecution execution) {
        ExecutionContext context = execution.getExecutionContext();
        return context.containsKey(PreflightTasklet.OBJECTION) ? context.getString(PreflightTasklet.OBJECTION) : null;
    }
}
