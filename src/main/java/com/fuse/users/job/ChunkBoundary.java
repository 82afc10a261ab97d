package com.fuse.users.job;

import com.fuse.users.change.Decision;
import com.fuse.users.change.Target;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.StopSignal;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * Between two chunks of a partition: counts the one before, and lets the next begin only if nobody asked to stop. The
 * step ends STOPPED by its own flag; its interruption policy would have it end COMPLETED with users left.
 */
final class ChunkBoundary implements ChunkListener<Target, Decision>, StepExecutionListener {

    private final RunMonitor monitor;
    private final StopSignal stop;
    private final Abort abort;
    private @Nullable StepExecution stepExecution;

    ChunkBoundary(RunMonitor monitor, StopSignal stop, Abort abort) {
        this.monitor = monitor;
        this.stop = stop;
        this.abort = abort;
    }

    @Override
    public void beforeStep(StepExecution stepExecution) {
        this.stepExecution = stepExecution;
        stopIfAsked();
    }

    @Override
    public void afterChunk(Chunk<Decision> chunk) {
        monitor.advanced(chunk.size());
        stopIfAsked();
    }

    @Override
    public void onChunkError(Exception exception, Chunk<Decision> chunk) {
        abort.request();
    }

    private void stopIfAsked() {
        if (stepExecution != null && (stop.isRequested() || abort.isRequested())) {
            stepExecution.setTerminateOnly();
        }
    }
}
