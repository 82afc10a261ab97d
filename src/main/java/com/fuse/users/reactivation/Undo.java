package com.fuse.users.reactivation;

import com.fuse.users.change.Change;
import com.fuse.users.change.Decider;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputKind;
import com.fuse.users.operation.Operation;
import com.fuse.users.operation.Wording;
import com.fuse.users.run.CommandName;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.RunOptions;
import com.fuse.users.staging.RowSource;
import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The reactivation of exactly those whom a run deactivated and who are still inactive since that run; on request with
 * the memberships which that run removed, where user and community still exist.
 *
 * @param withMemberships whether more than the global community comes back
 */
public record Undo(long undoneRunId, boolean withMemberships) implements Operation {

    // By line, because that is the key: an undo's lines are those of the run that it undoes. OFFSET keeps it so: the
    // planner would give the key up for rows that it knows nothing of yet.
    private static final String SINCE_THAT_RUN = """
            exists (
                select from fuse_batch.runs n
                join fuse_batch.run_outcomes o on o.run_id = n.undone_run_id and o.line = r.line
                where n.id = r.run_id and o.decided_at = u.deactivated_at
                offset 0)""";

    private static final String REMOVED_MEMBERSHIPS = """
            select r.user_id, c.id
            from fuse_batch.run_users r
            cross join lateral (
                select o.removed_community_ids as ids
                from fuse_batch.runs n
                join fuse_batch.run_outcomes o on o.run_id = n.undone_run_id and o.line = r.line
                where n.id = r.run_id
                offset 0
            ) removed
            cross join lateral unnest(removed.ids) as community (id)
            join public.communities c on c.id = community.id
            where r.run_id = :run and r.user_id = any(:users)""";

    /**
     * The undo of a run.
     *
     * @throws RefusedException if there is nothing to undo in it, with the reason
     */
    public static Undo of(Run run, boolean withMemberships) {
        if (!run.isOf(CommandName.DEACTIVATE)) {
            throw refusal("run %d is a run of %s, and only one of deactivate can be undone; \"runs\" lists them"
                    .formatted(run.id(), run.command()));
        }
        if (run.dryRun()) {
            throw refusal("run %d was a dry run and changed nothing; there is nothing to undo".formatted(run.id()));
        }
        if (!run.hasEnded()) {
            throw refusal("run %d has not ended; let its command complete it, then undo it".formatted(run.id()));
        }
        if (!run.isCompleted()) {
            throw refusal("run %d was refused and changed nothing; there is nothing to undo".formatted(run.id()));
        }
        if (run.purging()) {
            throw refusal(
                    "the records of run %d are being purged; there is no undo of it any more".formatted(run.id()));
        }
        return new Undo(run.id(), withMemberships);
    }

    /** What the run is known by: its input is the run that it undoes. */
    public RunDefinition definition(RunOptions options) {
        String input = "run " + undoneRunId;
        return new RunDefinition(command(), InputKind.RUN, input, InputDigest.ofText(input), options);
    }

    private static RefusedException refusal(String reason) {
        return new RefusedException(ExitCode.USAGE, reason);
    }

    @Override
    public String command() {
        return CommandName.UNDO.text();
    }

    @Override
    public Wording wording() {
        return Reactivation.WORDING;
    }

    @Override
    public RowSource rows() {
        return new DeactivatedUsers(undoneRunId);
    }

    @Override
    public boolean isGuarded() {
        return false;
    }

    @Override
    public String eligible(Run run) {
        return Reactivation.ELIGIBLE + " and " + SINCE_THAT_RUN;
    }

    @Override
    public Change change(Run run) {
        return Reactivation.changeWith(
                withMemberships
                        ? Reactivation.GLOBAL_MEMBERSHIPS + " union " + REMOVED_MEMBERSHIPS
                        : Reactivation.GLOBAL_MEMBERSHIPS);
    }

    @Override
    public Decider decider(Run run, JdbcClient jdbc) {
        return new UndoProcessor(run, undoneRunId, jdbc);
    }

    @Override
    public String repeat(Path skipped) {
        return command() + " %s%d".formatted(withMemberships ? "--with-memberships " : "", undoneRunId);
    }
}
