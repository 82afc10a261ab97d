package com.fuse.users.cli;

import com.fuse.users.cli.PendingRun.Order;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.reactivation.Undo;
import com.fuse.users.run.GuardLimits;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.RunRepository;
import com.fuse.users.session.Session;
import com.fuse.users.terminal.Console;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code undo}: the way back, for a whole run. */
@Command(
        name = "undo",
        description = {
            "Reactivates exactly the users whom a run of deactivate deactivated and who are still inactive since then.",
            "The report says what does not come back: tokens, membership requests, certificates beyond the global"
                    + " community's, and memberships unless they are asked for."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  fuse-users undo --dry-run 7", "  fuse-users undo --with-memberships 7"})
final class UndoCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "The number of the run to undo.")
    private long run;

    @Option(
            names = "--with-memberships",
            description = "Re-add the memberships that the run removed too, where user and community still exist.")
    private boolean withMemberships;

    @Mixin
    private ChangeOptions options = new ChangeOptions();

    private final Console console;
    private final CommandEnd end;

    UndoCommand(Console console, CommandEnd end) {
        this.console = console;
        this.end = end;
    }

    @Override
    public Integer call() {
        options.validate();
        return new Runs(options.reportDir(), console, end)
                .make(List.of(new PendingRun("run " + run, this::order, false)));
    }

    private Order order(Session session) {
        Run undone = session.get(RunRepository.class)
                .find(run)
                .orElseThrow(() ->
                        new RefusedException(ExitCode.USAGE, "there is no run %d; \"runs\" lists them".formatted(run)));
        Undo undo = Undo.of(undone, withMemberships);
        RunDefinition definition = undo.definition(options.ofUndo(run, withMemberships));
        return new Order(undo, options.request(definition, new GuardLimits(null, null), false));
    }
}
