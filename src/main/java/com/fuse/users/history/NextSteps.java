package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.input.InputKind;
import com.fuse.users.run.CommandName;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands that can follow a run.
 *
 * @param apply applies the plan; null if the run is not a plan, or if a command cannot name its input
 * @param undo undoes the run as far as possible; null if there is nothing to undo
 * @param neverBack what no undo restores; empty if there is nothing to undo
 * @param caveats what that undo does not restore, or not for every user, in sentences
 */
public record NextSteps(
        @Nullable ShellCommand apply, @Nullable ShellCommand undo, NotRestored neverBack, List<String> caveats) {

    /** The steps that can follow this run. */
    public static NextSteps of(RunSummary summary, RunDetail detail) {
        Run run = summary.run();
        boolean undoable = run.isOf(CommandName.DEACTIVATE)
                && !run.dryRun()
                && run.isCompleted()
                && !run.purging()
                && summary.outcomes().containsKey(Outcome.DEACTIVATED);
        if (undoable) {
            RunOptions undo = new RunOptions(ColumnChoice.NONE, false, null, null, run.id(), true);
            List<String> words = new ArrayList<>(List.of(CommandName.UNDO.text()));
            words.addAll(undo.words());
            words.add(String.valueOf(run.id()));
            return new NextSteps(
                    null,
                    ShellCommand.of(words),
                    detail.deleted().byAnyUndo(),
                    detail.deleted().explanations(undo));
        }
        boolean applicable = run.dryRun() && run.isCompleted() && !run.purging();
        return new NextSteps(applicable ? apply(run, detail.userIds()) : null, null, NotRestored.NOTHING, List.of());
    }

    private static @Nullable ShellCommand apply(Run plan, List<Long> userIds) {
        RunOptions options = plan.options();
        List<String> words = new ArrayList<>(List.of(plan.command()));
        words.addAll(new RunOptions(
                        options.columns(),
                        false,
                        plan.id(),
                        options.transferAdminTo(),
                        options.undoneRunId(),
                        options.withMemberships())
                .words());
        String input = plan.inputName();
        switch (plan.inputKind()) {
            case RUN -> words.add(String.valueOf(options.undoneRunId()));
            case USERS -> userIds.forEach(id -> words.addAll(List.of("--user", id.toString())));
            case STANDARD_INPUT -> words.add("-");
            case FILE -> words.add(input.startsWith("-") ? "./" + input : input);
        }
        return plan.inputKind() == InputKind.USERS && userIds.isEmpty() ? null : ShellCommand.of(words);
    }
}
