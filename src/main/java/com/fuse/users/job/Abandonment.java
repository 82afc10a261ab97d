package com.fuse.users.job;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.liveness.LiveRuns;
import com.fuse.users.liveness.Recovery;
import com.fuse.users.liveness.RunLock;
import com.fuse.users.partition.PartitionQueue;
import com.fuse.users.run.Run;
import java.sql.SQLException;
import java.util.Objects;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Ends an unfinished run half-way, so that an undo can take back what it has committed. From then on, neither its command
 * nor Spring Batch starts it again.
 */
public record Abandonment(JobEngine engine) {

    /**
     * Refuses the undo of a run on which a process works.
     *
     * @throws RefusedException if the run is live
     */
    public void requireNoProcess(Run undone) {
        if (!undone.hasEnded() && new LiveRuns(engine.database().jdbc()).contains(undone.id())) {
            throw isLive(undone.id());
        }
    }

    /**
     * Ends the run that an undo undoes, if it has not ended. The undo has listed the users, so it also checks that the run
     * has deactivated no other user since. Call it before the first write of the undo; it can be repeated.
     *
     * @param undo the undo, after staging
     * @throws RefusedException if a process works on the run, or did since the undo listed the users
     */
    public void endUndoneRun(Run undo) {
        long id = Objects.requireNonNull(undo.options().undoneRunId());
        if (find(id).hasEnded()) {
            requireComplete(undo, id);
            return;
        }
        try (RunLock lock = RunLock.tryAcquire(
                        engine.database().dataSource(), engine.runs().key(id))
                .orElseThrow(() -> isLive(id))) {
            engine.database().inTransaction(() -> {
                lock.join(engine.database().jdbc());
                requireComplete(undo, id);
                Run undone = find(id);
                if (!undone.hasEnded()) {
                    PartitionQueue.clear(engine.database().jdbc(), id);
                    boolean stopped = new Recovery(engine.database().jdbc(), engine.jobRepository()).abandon(undone);
                    engine.runs().abandon(id, stopped ? ExitCode.STOPPED : ExitCode.FAILED);
                }
                return undone;
            });
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the lock of run %d cannot be taken".formatted(id), e);
        }
    }

    private void requireComplete(Run undo, long undone) {
        if (!Objects.equals(undo.rowCount(), engine.runs().countDeactivated(undone))) {
            throw new RefusedException(
                    ExitCode.TRY_LATER,
                    "run %d was resumed meanwhile and has deactivated other users; the same command undoes them too"
                            .formatted(undone));
        }
    }

    private Run find(long run) {
        return engine.runs().find(run).orElseThrow();
    }

    private static RefusedException isLive(long run) {
        return new RefusedException(
                ExitCode.TRY_LATER,
                "a live process is working on run %d; stop it first (fuse-users stop %d), then undo the run"
                        .formatted(run, run));
    }
}
