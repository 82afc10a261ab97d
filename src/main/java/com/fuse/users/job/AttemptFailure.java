package com.fuse.users.job;

import com.fuse.users.change.AllRefusedException;
import com.fuse.users.database.DatabaseError;
import com.fuse.users.database.DatabaseRefusal;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.liveness.RunLockLostException;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;

/** The failure of an attempt, and its meaning for the run. */
record AttemptFailure(Exception failure) {

    /** The failure that says the most: the program's own first, then the database's, then Spring Batch's. */
    static RuntimeException of(List<Throwable> failures) {
        for (Throwable failure : failures) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof RefusedException
                        || cause instanceof RunLockLostException
                        || cause instanceof AllRefusedException) {
                    return (RuntimeException) cause;
                }
            }
        }
        Throwable first = failures.stream()
                .filter(failure -> DatabaseError.in(failure).isPresent())
                .findFirst()
                .or(() -> failures.stream()
                        .filter(failure -> !(failure instanceof JobExecutionException))
                        .findFirst())
                .orElse(failures.get(0));
        // The database's error says more than the network error that caused it.
        return new RunFailedException(
                DatabaseError.in(first).isPresent() ? first : NestedExceptionUtils.getMostSpecificCause(first));
    }

    /** Whether the login, its rights or the schema are the cause. */
    boolean isOfConfiguration() {
        return databaseError().filter(DatabaseError::isOfConfiguration).isPresent();
    }

    /** Whether the database cannot be reached. */
    boolean isUnreachable() {
        return databaseError().filter(DatabaseError::isUnreachable).isPresent();
    }

    /** Whether the server accepts no changes. */
    boolean isReadOnly() {
        return databaseError().filter(DatabaseError::isReadOnly).isPresent();
    }

    /** Whether another attempt may succeed. */
    boolean isTransient() {
        return failure instanceof RunLockedException
                || failure instanceof RunLockLostException
                // A process that took the run over has updated Spring Batch's record meanwhile.
                || NestedExceptionUtils.getMostSpecificCause(failure) instanceof ConcurrencyFailureException
                || databaseError().filter(DatabaseError::isTransient).isPresent();
    }

    /** How a command ends that this failure keeps from its work. */
    RefusedException asRefusal() {
        if (failure instanceof RefusedException refused) {
            return refused;
        }
        return DatabaseRefusal.in(failure)
                .orElseGet(() -> new RefusedException(ExitCode.FAILED, describe() + "; try the same command again"));
    }

    /** The failure in one line. */
    String describe() {
        return databaseError().map(DatabaseError::description).orElseGet(() -> {
            String message = failure.getMessage();
            return message == null ? failure.getClass().getSimpleName() : message;
        });
    }

    private Optional<DatabaseError> databaseError() {
        return DatabaseError.in(failure);
    }
}
