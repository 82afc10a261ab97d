package com.fuse.users.history;

import com.fuse.users.history.attempt.AttemptRecords;
import com.fuse.users.liveness.LiveRuns;
import com.fuse.users.run.Run;
import org.springframework.batch.core.BatchStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells the state of a run from its record, its lock and its last attempt. */
record RunStates(LiveRuns liveRuns, AttemptRecords attempts) {

    RunStates(JdbcClient jdbc) {
        this(new LiveRuns(jdbc), new AttemptRecords(jdbc));
    }

    RunState of(Run run) {
        if (run.purging()) {
            return RunState.PURGING;
        }
        if (run.hasEnded()) {
            return RunState.ofEnded(run);
        }
        if (liveRuns.contains(run.id())) {
            return RunState.RUNNING;
        }
        String lastStatus = attempts.lastStatus(run.id()).orElse("");
        if (lastStatus.equals(BatchStatus.STOPPED.name())) {
            return RunState.STOPPED;
        }
        return lastStatus.equals(BatchStatus.FAILED.name()) ? RunState.FAILED : RunState.INTERRUPTED;
    }
}
