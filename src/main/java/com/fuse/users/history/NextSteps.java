package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands that lead on from a run.
 *
 * @param apply does what the plan says; null if the run is no plan, or its input cannot be named in a command
 * @param undo brings the users back, with all that comes back; null if there is nothing to undo
 * @param neverBack what no undo brings back; nothing where there is nothing to undo
 * @param caveats what else that undo does not bring back, or not to everybody, in sentences
 */
public record NextSteps(
        @Nullable ShellCommand apply, @Nullable ShellCommand undo, NotRestored neverBack, List<String> caveats) {

    private static final String STANDARD_INPUT = "standard input";
    private static final String USERS = "--user ";

    /** The steps from this run. */
    public static NextSteps of(RunSummary summary, RunDetail detail) {
        Run run = summary.run();
        boolean undoable = run.command().equals("deactivate")
                && !run.dryRun()
                && run.isCompleted()
                && !run.purging()
                && summary.outcomes().containsKey(Outcome.DEACTIVATED);
        if (undoable) {
            RunOptions undo = new RunOptions(null, false, null, null, run.id(), true);
            List<String> words = new ArrayList<>(List.of("undo"));
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
                        options.column(),
                        false,
                        plan.id(),
                        options.transferAdminTo(),
                        options.undoneRunId(),
                        options.withMemberships())
                .words());
        String input = plan.inputName();
        if (options.undoneRunId() != null) {
            words.add(options.undoneRunId().toString());
        } else if (input.startsWith(USERS)) {
            if (userIds.isEmpty()) {
                return null;
            }
            userIds.forEach(id -> words.addAll(List.of("--user", id.toString())));
        } else if (input.equals(STANDARD_INPUT)) {
            words.add("-");
        } else {
            words.add(input.startsWith("-") ? "./" + input : input);
        }
        return ShellCommand.of(words);
    }

    /** Whether the command names its users one by one. */
    static boolean namesUsers(Run run) {
        return run.inputName().startsWith(USERS);
    }
}
