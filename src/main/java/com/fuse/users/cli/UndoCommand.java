package com.fuse.users.cli;

import com.fuse.users.cli.runs.NoSuchRunException;
import com.fuse.users.reactivation.Undo;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.request.GuardLimits;
import com.fuse.users.run.request.RowLimits;
import com.fuse.users.session.Session;
import com.fuse.users.session.Sessions;
import com.fuse.users.terminal.Console;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code undo}: the way back for a whole run. Its input is the run that it undoes. */
@Command(
        name = "undo",
        description = {
            "Reactivates exactly the users that a run of deactivate deactivated and that have been inactive since.",
            "A run that was stopped, failed or was killed is ended first: it can no longer be resumed.",
            "Without --with-memberships, the users return to the global community only. The question says how many"
                    + " memberships are not restored; a later undo --with-memberships restores them, for users who have been"
                    + " active since.",
            "Not restored by any undo: " + Undo.NEVER_RESTORED + ". The report lists them."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  fuse-users undo --with-memberships 7", "  fuse-users undo --with-memberships --dry-run 7"})
final class UndoCommand extends ChangeCommand<Long> {

    @Parameters(paramLabel = "RUN", description = "The number of the run to undo.")
    private long undoneRun;

    @Option(
            names = "--with-memberships",
            description =
                    "Also re-add the memberships that the run removed, if the user and the community still exist. Does it"
                            + " too for users whom an earlier undo of the run reactivated and who have been active since.")
    private boolean withMemberships;

    UndoCommand(Console console, Sessions sessions, CommandEnd end, Failures failures) {
        super(console, sessions, end, failures);
    }

    @Override
    List<Long> inputs(Consumer<String> notes) {
        return List.of(undoneRun);
    }

    @Override
    String name(Long run) {
        return "run " + run;
    }

    @Override
    Prepared prepare(Long run, Session session) {
        Run undone = session.runs().find(run).orElseThrow(() -> new NoSuchRunException(run, session.runs()));
        Undo undo = Undo.of(undone, withMemberships).endingFirst(session.abandonment()::endUndoneRun);
        session.abandonment().requireNoProcess(undone);
        RunDefinition definition = undo.definition(options().ofUndo(run, withMemberships));
        return new Prepared(
                undo,
                options()
                        .request(
                                definition,
                                new GuardLimits(null, null),
                                RowLimits.DEFAULT,
                                options().joins()));
    }
}
