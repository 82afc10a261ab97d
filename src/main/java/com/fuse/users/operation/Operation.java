package com.fuse.users.operation;

import com.fuse.users.change.Change;
import com.fuse.users.change.Decider;
import com.fuse.users.run.Run;
import com.fuse.users.staging.RowSource;
import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A kind of run. Staging, chunks, outcomes, resume, accounting and report are the same for all of them; this is what
 * differs.
 */
public interface Operation {

    /** The command's name, which is the run's and the job's too. */
    String command();

    /** How the operator is told about it. */
    Wording wording();

    /** Where the rows come from. */
    RowSource rows();

    /** Whether the guard judges the input before the first write. */
    boolean isGuarded();

    /**
     * Who would be changed, as a condition over {@code fuse_batch.run_users r} and {@code public.users u}: the rule of
     * {@link #decider} for counting the whole input at once, before the first write.
     *
     * @param run the run, staged
     */
    String eligible(Run run);

    /**
     * What happens to those who are changed.
     *
     * @param run the run, staged
     */
    Change change(Run run);

    /** Decides for one partition of the run. */
    Decider decider(Run run, JdbcClient jdbc);

    /** The arguments that repeat the skipped rows once their causes are mended. */
    String repeat(Path skipped);
}
