package com.fuse.users.operation;

import com.fuse.users.change.Decider;
import com.fuse.users.run.Run;
import com.fuse.users.staging.RowSource;
import com.fuse.users.tables.Change;
import com.fuse.users.text.Counts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A kind of run. This interface holds the differences between the kinds. Staging, chunks, outcomes, resume, accounting
 * and report are the same for all of them.
 */
public interface Operation {

    /** The name of the command, of its runs and of their jobs. */
    String command();

    /** The words for the operator. */
    Wording wording();

    /** The source of the rows. */
    RowSource rows();

    /** Whether the guard judges the input before the first write. */
    boolean isGuarded();

    /**
     * The condition for changing a user, over {@code fuse_batch.run_users r} and {@code public.users u}. It is the rule
     * of {@link #decider} in SQL, to count the whole input at once before the first write.
     *
     * @param run the run, after staging
     */
    String eligible(Run run);

    /**
     * The change for the users who are changed.
     *
     * @param run the run, after staging
     */
    Change change(Run run);

    /**
     * The question before the first write; null if there is nothing to ask, because the run changes nothing.
     *
     * @param run the run, after staging
     * @param changes how many users would be changed
     * @param jdbc for statements over the whole input
     */
    default @Nullable String question(Run run, long changes, JdbcClient jdbc) {
        return changes == 0
                ? null
                : wording().question().formatted(Counts.of(changes, "user") + " on " + run.describeDatabase());
    }

    /**
     * Called after the confirmation, before the first write, and again by each attempt until a chunk is committed. Most
     * kinds have nothing to do here.
     *
     * @param run the run, after staging
     * @throws com.fuse.users.exit.RefusedException if the run must not write
     */
    default void beforeFirstWrite(Run run) {}

    /** Decides for one partition of the run. */
    Decider decider(Run run, JdbcClient jdbc);
}
