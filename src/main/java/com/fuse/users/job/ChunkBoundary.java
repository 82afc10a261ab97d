package com.fuse.users.job;

import com.fuse.users.change.Decision;
import com.fuse.users.change.Target;
import com.fuse.users.database.DatabaseError;
import com.fuse.users.liveness.AttemptState;
import com.fuse.users.liveness.UserIds;
import com.fuse.users.throttle.Throttle;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;
import org.springframework.batch.core.step.ThreadStepInterruptionPolicy;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Acts between two chunks of a partition: reports the last chunk after its commit, waits while the throttle wants it, and
 * lets the next chunk begin only if the attempt may go on and still holds the run's lock. It stops the step by the
 * step's own flag, which ends the step as STOPPED; an exception of the interruption policy alone would end it as
 * COMPLETED with users left.
 *
 * <p>Comes before the other listeners, so that it knows the chunk whose users cannot be looked up.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ChunkBoundary implements ChunkListener<Target, Decision>, StepExecutionListener, StepInterruptionPolicy {

    /**
     * If the server crashes, the last chunks are undone as a whole, with their outcomes, and are done again: the crash also
     * ends the session that holds the run's lock. The end of a step waits for the disk, and so for all chunks before it.
     */
    private static final String WITHOUT_WAITING = "set local synchronous_commit = off";

    private final JdbcClient jdbc;
    private final AttemptState attempt;
    private final Throttle throttle;
    private final StepInterruptionPolicy flag = new ThreadStepInterruptionPolicy();
    private final boolean gentle;
    private final long lastUser;
    private long lastDone;
    private @Nullable Long chunkBegan;
    private @Nullable StepExecution stepExecution;
    private @Nullable UserIds users;
    private int written;

    /**
     * @param jdbc for statements in the chunk's transaction
     * @param gentle whether to rest after each chunk for as long as it took
     * @param lastUser the last user of the partition
     */
    ChunkBoundary(JdbcClient jdbc, AttemptState attempt, Throttle throttle, boolean gentle, long lastUser) {
        this.gentle = gentle;
        this.lastUser = lastUser;
        this.jdbc = jdbc;
        this.attempt = attempt;
        this.throttle = throttle;
    }

    @Override
    public void beforeStep(StepExecution stepExecution) {
        this.stepExecution = stepExecution;
        stopIfAsked();
    }

    /** Called before each chunk, outside of a transaction. */
    @Override
    public void checkInterrupted(StepExecution stepExecution) throws JobInterruptedException {
        reportCommitted();
        // After a full last chunk, Spring Batch does not know yet that it was the last.
        if (lastDone < lastUser) {
            awaitTurn();
        }
        stopIfAsked();
        flag.checkInterrupted(stepExecution);
    }

    private void awaitTurn() {
        if (gentle && chunkBegan != null) {
            throttle.rest(Duration.ofNanos(System.nanoTime() - chunkBegan), attempt::shouldStop);
        }
        throttle.awaitTurn(attempt::shouldStop);
        chunkBegan = System.nanoTime();
    }

    @Override
    public void beforeChunk(Chunk<Target> chunk) {
        users = rangeOf(chunk);
        attempt.join(jdbc);
        jdbc.sql(WITHOUT_WAITING).update();
    }

    @Override
    public void afterChunk(Chunk<Decision> chunk) {
        written = chunk.size();
        stopIfAsked();
    }

    /** Spring Batch tells the listeners of chunks about no failure before the first decision, such as a look-up's. */
    @Override
    public @Nullable ExitStatus afterStep(StepExecution stepExecution) {
        if (stepExecution.getStatus().isUnsuccessful()) {
            if (users != null
                    && stepExecution.getFailureExceptions().stream().anyMatch(ChunkBoundary::mayBeOfOneUser)) {
                attempt.failed(users);
            }
            attempt.abort();
        } else {
            reportCommitted();
        }
        return null;
    }

    private static boolean mayBeOfOneUser(Throwable failure) {
        return DatabaseError.in(failure)
                .filter(DatabaseError::mayLastForOneUser)
                .isPresent();
    }

    private void reportCommitted() {
        if (written > 0 && users != null) {
            attempt.committed(users, written);
            lastDone = users.last();
            written = 0;
        }
        users = null;
    }

    /** The users come in the order of their IDs. */
    private static UserIds rangeOf(Chunk<Target> chunk) {
        List<Target> targets = chunk.getItems();
        return new UserIds(
                targets.get(0).userId(), targets.get(targets.size() - 1).userId());
    }

    private void stopIfAsked() {
        if (stepExecution != null && attempt.shouldStop()) {
            stepExecution.setTerminateOnly();
        }
    }
}
