package com.fuse.users.change;

import com.fuse.users.database.DatabaseError;
import com.fuse.users.liveness.BlockerWatch;
import com.fuse.users.liveness.BlockerWatch.Blockers;
import com.fuse.users.liveness.RunDatabase;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Does work on users under a savepoint: after an error that may concern one of them, the transaction is still usable. */
public final class Savepoints {

    private static final String SESSION =
            "select pg_backend_pid() as pid, current_setting('lock_timeout') as lock_timeout";

    /** Enough for a lock that is not kept. */
    private static final String SHORT_WAIT = "1s";

    private final RunDatabase database;
    private final boolean patienceIsUsedUp;
    private final TransactionTemplate savepoint;

    /** The sessions that kept a lock longer than the usual wait; users whom they block need no second attempt. */
    private final Set<Blockers> lasting = new HashSet<>();

    private Savepoints(RunDatabase database, boolean patienceIsUsedUp) {
        this.database = database;
        this.patienceIsUsedUp = patienceIsUsedUp;
        this.savepoint = new TransactionTemplate(database.transactionManager());
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** For chunks of any size. An error that may pass is not one of a user: the chunk is retried. */
    public static Savepoints patient(RunDatabase database) {
        return new Savepoints(database, false);
    }

    /**
     * For chunks of one user, once the patience is used up: an error that may pass is one of the user if it comes again in a
     * second attempt, unless a whole table is locked. Its description names the session that blocks the user, if there is
     * one.
     */
    public static Savepoints impatient(RunDatabase database) {
        return new Savepoints(database, true);
    }

    /**
     * Does the work, or nothing of it.
     *
     * @return the error that may concern one of the users; null if the work is done
     * @throws RuntimeException any other failure
     */
    @Nullable
    RowError attempt(Runnable work) {
        Failure failure = patienceIsUsedUp ? failureOfTwoAttempts(work) : failure(work, Optional::empty);
        return failure == null ? null : failure.ofUser();
    }

    /** Whether the database refuses the work for a reason that may concern one user. Undoes the work in any case. */
    boolean refuses(Runnable work) {
        return attempt(() -> tryOut(() -> {
                    work.run();
                    return true;
                }))
                != null;
    }

    /** Does the work, and undoes it in any case. */
    <T> T tryOut(Supplier<T> work) {
        return Objects.requireNonNull(savepoint.execute(status -> {
            status.setRollbackOnly();
            return work.get();
        }));
    }

    /** The first attempt waits for a lock shortly, because many users may be locked by the same session. */
    private @Nullable Failure failureOfTwoAttempts(Runnable work) {
        Session session = database.jdbc().sql(SESSION).query(Session.class).single();
        setLockTimeout(SHORT_WAIT);
        Failure first = watchedFailure(work, session);
        setLockTimeout(session.lockTimeout());
        if (first == null || !first.error().mayLastForOneUser() || first.isOf(lasting)) {
            return first;
        }
        Failure second = watchedFailure(work, session);
        if (second != null) {
            second.blockers().ifPresent(lasting::add);
        }
        return second;
    }

    private void setLockTimeout(String timeout) {
        database.jdbc()
                .sql("select set_config('lock_timeout', :timeout, true)")
                .param("timeout", timeout)
                .query(String.class)
                .single();
    }

    private @Nullable Failure watchedFailure(Runnable work, Session session) {
        try (BlockerWatch watch = new BlockerWatch(database, session.pid())) {
            return failure(work, watch::seen);
        }
    }

    private @Nullable Failure failure(Runnable work, Supplier<Optional<Blockers>> blockers) {
        try {
            savepoint.executeWithoutResult(status -> work.run());
            return null;
        } catch (DataAccessException e) {
            DatabaseError error = DatabaseError.in(e).filter(this::mayBeOfUser).orElseThrow(() -> e);
            return new Failure(error, error.mayLastForOneUser() ? blockers.get() : Optional.empty(), e);
        }
    }

    /** @param lockTimeout how long the session usually waits for a lock */
    private record Session(int pid, String lockTimeout) {}

    private record Failure(DatabaseError error, Optional<Blockers> blockers, DataAccessException cause) {

        boolean isOf(Set<Blockers> sessions) {
            return blockers.filter(sessions::contains).isPresent();
        }

        RowError ofUser() {
            String description =
                    error.description() + blockers.map(Failure::describe).orElse("");
            if (blockers.filter(Blockers::ofTable).isPresent()) {
                // Without its cause, which would have the attempt repeated.
                throw new IllegalStateException(description);
            }
            return new RowError(error.isOfRow() || error.mayLastForOneUser(), description, cause);
        }

        private static String describe(Blockers blockers) {
            return "; %s by %s".formatted(blockers.ofTable() ? "a whole table is locked" : "blocked", blockers.names());
        }
    }

    private boolean mayBeOfUser(DatabaseError error) {
        return error.mayBeOfRow() || (patienceIsUsedUp && error.mayLastForOneUser());
    }
}
