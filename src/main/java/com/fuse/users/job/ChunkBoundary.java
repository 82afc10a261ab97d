package com.fuse.users.job;

import com.fuse.users.change.Decision;
import com.fuse.users.change.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Between two chunks of a partition: counts the one before, which is committed by then, and lets the next begin only if
 * nobody asked to stop and the run's lock is still held. The step ends STOPPED by its own flag; its interruption policy
 * would have it end COMPLETED with users left.
 */
final class ChunkBoundary implements ChunkListener<List<Target>, List<Decision>>, StepExecutionListener {

    private final JdbcClient jdbc;
    private final Attempt attempt;
    private @Nullable StepExecution stepExecution;
    private int written;

    /** @param jdbc in the chunk's transaction */
    ChunkBoundary(JdbcClient jdbc, Attempt attempt) {
        this.jdbc = jdbc;
        this.attempt = attempt;
    }

    @Override
    public void beforeStep(StepExecution stepExecution) {
        this.stepExecution = stepExecution;
        endIfAsked();
    }

    @Override
    public void beforeChunk(Chunk<List<Target>> chunk) {
        countCommitted();
        attempt.lock().join(jdbc);
    }

    @Override
    public void afterChunk(Chunk<List<Decision>> chunk) {
        written = chunk.getItems().stream().mapToInt(List::size).sum();
        endIfAsked();
    }

    @Override
    public void onChunkError(Exception exception, Chunk<List<Decision>> chunk) {
        attempt.abort();
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution stepExecution) {
        if (!stepExecution.getStatus().isUnsuccessful()) {
            countCommitted();
        }
        return null;
    }

    private void countCommitted() {
        if (written > 0) {
            attempt.committed(written);
            written = 0;
        }
    }

    private void endIfAsked() {
        if (stepExecution != null && attempt.isToEnd()) {
            stepExecution.setTerminateOnly();
        }
    }
}
