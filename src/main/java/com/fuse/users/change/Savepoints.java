package com.fuse.users.change;

import com.fuse.users.database.DatabaseError;
import com.fuse.users.liveness.BlockerWatch;
import com.fuse.users.liveness.BlockerWatch.Blockers;
import com.fuse.users.liveness.RunDatabase;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Does work on users under a savepoint: after an error that may concern one of them, the transaction is still usable. */
public final class Savepoints {

    /** Once the patience is used up, a wait of a second is enough: the holder of the lock has kept it all the time. */
    private static final String SHORTEN_LOCK_WAITS = """
            select pg_backend_pid()
            from (
                select set_config('lock_timeout', least(nullif(setting::integer, 0), 1000)::text, true)
                from pg_settings
                where name = 'lock_timeout'
                offset 0
            ) shortened (setting)
            where setting is not null""";

    private final RunDatabase database;
    private final boolean patienceIsUsedUp;
    private final TransactionTemplate savepoint;

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
     * For a chunk of one user, once the patience is used up: a transient error counts as the user's, unless a whole
     * table is locked. Its description names the session that blocks the user, if there is one.
     */
    public static Savepoints impatient(RunDatabase database) {
        return new Savepoints(database, true);
    }

    RunDatabase database() {
        return database;
    }

    /**
     * Does the work, or nothing of it.
     *
     * @return the error that may concern one of the users; null if the work is done
     * @throws RuntimeException any other failure
     */
    @Nullable
    RowError attempt(Runnable work) {
        if (!patienceIsUsedUp) {
            return attempt(work, Optional::empty);
        }
        int pid = database.jdbc().sql(SHORTEN_LOCK_WAITS).query(Integer.class).single();
        try (BlockerWatch watch = new BlockerWatch(database, pid)) {
            return attempt(work, watch::seen);
        }
    }

    /** Does the work, and undoes it in any case. */
    <T> T tryOut(Supplier<T> work) {
        return Objects.requireNonNull(savepoint.execute(status -> {
            status.setRollbackOnly();
            return work.get();
        }));
    }

    private @Nullable RowError attempt(Runnable work, Supplier<Optional<Blockers>> blockers) {
        try {
            savepoint.executeWithoutResult(status -> work.run());
            return null;
        } catch (DataAccessException e) {
            DatabaseError error = DatabaseError.in(e).filter(this::mayBeOfUser).orElseThrow(() -> e);
            if (!error.mayLastForOneUser()) {
                return new RowError(error.isOfRow(), error.description(), e);
            }
            Optional<Blockers> blocking = blockers.get();
            String description =
                    error.description() + blocking.map(Savepoints::describe).orElse("");
            if (blocking.filter(Blockers::ofTable).isPresent()) {
                // Without its cause, which would have the attempt repeated.
                throw new IllegalStateException(description);
            }
            return new RowError(true, description, e);
        }
    }

    private static String describe(Blockers blockers) {
        return "; %s by %s".formatted(blockers.ofTable() ? "a whole table is locked" : "blocked", blockers.names());
    }

    private boolean mayBeOfUser(DatabaseError error) {
        return error.mayBeOfRow() || (patienceIsUsedUp && error.mayLastForOneUser());
    }
}
