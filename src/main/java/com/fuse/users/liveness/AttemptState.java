package com.fuse.users.liveness;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunMonitor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The state that the threads of one attempt share: the run, its lock, and whether the attempt may begin another chunk.
 * Thread-safe.
 */
public final class AttemptState {

    private final Run run;
    private final AttemptLock lock;
    private final RunMonitor monitor;
    private final StopSignal stop;
    private final RetryBudget budget;
    private final AtomicLong decided = new AtomicLong();
    private volatile boolean aborted;
    private volatile boolean over;
    private volatile boolean pauseRequested;

    /**
     * @param run the run's record at the start of the attempt
     * @param lock this process's right to work on the run, held until the attempt ends
     */
    public AttemptState(Run run, AttemptLock lock, RunMonitor monitor, StopSignal stop, RetryBudget budget) {
        this.run = run;
        this.lock = lock;
        this.monitor = monitor;
        this.stop = stop;
        this.budget = budget;
    }

    /** The run's record at the start of the attempt. */
    public Run run() {
        return run;
    }

    /** Shows progress to the operator. */
    public RunMonitor monitor() {
        return monitor;
    }

    /** Tells whether this process was asked to stop. */
    public StopSignal stop() {
        return stop;
    }

    /** Whether this process makes the attempt, and does not only help. */
    public boolean isManager() {
        return lock.isManager();
    }

    /** The server process that holds the run's lock. */
    public long lockPid() {
        return lock.pid();
    }

    /** Whether the manager still holds the run's lock; the answer may be stale when it arrives. */
    public boolean holdsLock() {
        return lock.isHeld();
    }

    /**
     * Ties the caller's transaction to the run's lock.
     *
     * @throws RunLockLostException if the lock is lost: roll the transaction back
     */
    public void join(JdbcClient transaction) {
        lock.join(transaction);
    }

    /**
     * Does work in a transaction that is tied to the run's lock.
     *
     * @throws RunLockLostException if the lock is lost
     */
    public <T> T underLock(RunDatabase database, Supplier<T> work) {
        return database.inTransaction(() -> {
            join(database.jdbc());
            return work.get();
        });
    }

    /** Ends the attempt: no partition begins another chunk. */
    public void abort() {
        aborted = true;
        budget.failed();
    }

    /** The users whom this attempt takes one by one, before all others; each is returned once. */
    public List<UserIds> usersToTakeApart() {
        return budget.usersToTakeApart();
    }

    /** Whether no further chunk may begin. */
    public boolean shouldStop() {
        return aborted || over || stop.isRequested();
    }

    /** Whether an operator wants the run to wait. */
    public boolean isPauseRequested() {
        return pauseRequested;
    }

    /** Records that the run has waited between two chunks, so that this time does not count against retries. */
    public void waited(Duration length) {
        budget.waited(length);
    }

    /** Records that a step of one transaction is committed. */
    public void committed() {
        budget.succeeded();
    }

    /** Records that these users, this many, have their outcome; their transaction is committed. */
    public void committed(UserIds users, long count) {
        budget.succeeded(users);
        decided.addAndGet(count);
        monitor.advanced(count);
    }

    /** How many users this process has given an outcome. */
    public long decided() {
        return decided.get();
    }

    /** Records that the chunk of these users failed by an error that one of them may cause every time. */
    public void failed(UserIds users) {
        budget.failed(users);
    }

    /**
     * Keeps the lock, and asks whether the run is to stop or to wait, and whether there is anything left to help with.
     *
     * @throws org.springframework.dao.DataAccessException if the lock's connection is lost, and the lock with it
     */
    void heartbeat() {
        AttemptLock.Requests requests = lock.requests(run.id());
        if (requests.stop()) {
            stop.request(ExitCode.STOPPED);
        }
        pauseRequested = requests.pause();
        over = requests.over();
        budget.databaseAnswered();
    }
}
