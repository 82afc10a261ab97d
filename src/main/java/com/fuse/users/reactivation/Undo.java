package com.fuse.users.reactivation;

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
import com.fuse.users.tables.Change;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reactivates exactly the users whom a run deactivated and who are still inactive since that run. On request, also
 * restores the memberships that the run removed, if the user and the community still exist.
 *
 * @param withMemberships whether the memberships of other communities than the global one come back too, also for users
 *     whom an earlier undo of the run reactivated and who have been active since
 * @param beforeWrite ends the undone run if it is unfinished; takes the undo
 */
public record Undo(long undoneRunId, boolean withMemberships, Consumer<Run> beforeWrite) implements Operation {

    /** What no undo brings back, for people. */
    public static final String NEVER_RESTORED = "tokens, membership requests, admin roles that were transferred, and"
            + " certificates of communities other than the global one (see reissue-certificates)";

    // Joins by line, the key of outcomes: an undo has the lines of the run that it undoes. OFFSET makes the planner use
    // that key, although it has no statistics on the new rows yet.
    private static final String SINCE_THAT_RUN = """
            exists (
                select from fuse_batch.runs n
                join fuse_batch.run_outcomes o on o.run_id = n.undone_run_id and o.line = r.line
                where n.id = r.run_id and o.decided_at = u.deactivated_at
                offset 0)""";

    /** An active user whose memberships an earlier undo of the run left out. */
    private static final String TO_COMPLETE =
            "u.active and " + RemovedMemberships.EARLIER_UNDO + " is not null and " + RemovedMemberships.INCOMPLETE;

    private static final Wording WITH_MEMBERSHIPS = new Wording(
            Reactivation.WORDING.question(),
            "would be reactivated or become members again",
            Reactivation.WORDING.progress());

    /** A user who is active already gets no certificate: only memberships are completed. */
    private static final Change CHANGE_WITH_MEMBERSHIPS = Reactivation.changeWith(
            Reactivation.GLOBAL_MEMBERSHIPS + " union " + RemovedMemberships.TO_ADD,
            ScormCertificates.issuedWhere(
                    Reactivation.OF_THE_GLOBAL_COMMUNITY
                            + " and exists (select from public.users u where u.id = p.user_id and not u.active)",
                    Reactivation.OF_THE_GLOBAL_COMMUNITY + """
                             and exists (
                                select from fuse_batch.run_users r
                                join fuse_batch.run_outcomes o on o.run_id = r.run_id and o.line = r.line
                                where r.run_id = :run and r.user_id = p.user_id and o.outcome = 'REACTIVATED')"""));

    /** The undo of a run that has ended. */
    public Undo(long undoneRunId, boolean withMemberships) {
        this(undoneRunId, withMemberships, undo -> {});
    }

    /**
     * The undo of a run.
     *
     * @throws RefusedException if the run cannot be undone, with the reason
     */
    public static Undo of(Run run, boolean withMemberships) {
        if (!run.isOf(CommandName.DEACTIVATE)) {
            throw refusal("run %d is a run of %s, and only one of deactivate can be undone; \"runs\" lists them"
                    .formatted(run.id(), run.command()));
        }
        if (run.dryRun()) {
            throw refusal("run %d was a dry run and changed nothing; there is nothing to undo".formatted(run.id()));
        }
        if (run.hasEnded() && !run.isCompleted() && !run.abandoned()) {
            throw refusal("run %d was refused and changed nothing; there is nothing to undo".formatted(run.id()));
        }
        if (run.purging()) {
            throw refusal("the records of run %d are being purged; it can no longer be undone".formatted(run.id()));
        }
        return new Undo(run.id(), withMemberships);
    }

    /** The same undo, which first ends the undone run if it is unfinished. */
    public Undo endingFirst(Consumer<Run> end) {
        return new Undo(undoneRunId, withMemberships, end);
    }

    /** The definition of the new run: its input is the run that it undoes. */
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
        return withMemberships ? WITH_MEMBERSHIPS : Reactivation.WORDING;
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
        String inactive = Reactivation.ELIGIBLE + " and " + SINCE_THAT_RUN;
        return withMemberships ? "(%s or %s)".formatted(inactive, TO_COMPLETE) : inactive;
    }

    @Override
    public @Nullable String question(Run run, long changes, JdbcClient jdbc) {
        return UndoQuestion.of(this, run.id(), eligible(run), jdbc).text(run.describeDatabase());
    }

    @Override
    public void beforeFirstWrite(Run run) {
        beforeWrite.accept(run);
    }

    @Override
    public Change change(Run run) {
        return withMemberships ? CHANGE_WITH_MEMBERSHIPS : Reactivation.CHANGE;
    }

    @Override
    public Decider decider(Run run, JdbcClient jdbc) {
        return new UndoProcessor(run, this, jdbc);
    }
}
