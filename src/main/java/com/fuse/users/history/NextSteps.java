package com.fuse.users.history;

import com.fuse.users.change.Outcome;
import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.input.InputKind;
import com.fuse.users.run.CommandName;
import com.fuse.users.run.Run;
import com.fuse.users.run.RunOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands that can follow a run.
 *
 * @param resume resumes the unfinished run; null if the run has ended, is running, or has an input that no command names
 * @param apply applies the plan; null if the run is not a plan, or if a command cannot name its input
 * @param undo undoes the run as far as possible; null if there is nothing to undo
 * @param neverBack what no undo restores; empty if there is nothing to undo
 * @param caveats what that undo does not restore, or not for every user, in sentences
 */
public record NextSteps(
        @Nullable ShellCommand resume,
        @Nullable ShellCommand apply,
        @Nullable ShellCommand undo,
        NotRestored neverBack,
        List<String> caveats) {

    /** The steps that can follow this run. */
    public static NextSteps of(RunSummary summary, RunDetail detail) {
        Run run = summary.run();
        boolean running = summary.state() == RunState.RUNNING;
        ShellCommand resume = run.hasEnded() || running ? null : resume(run, detail.userIds());
        boolean undoable = !running && !run.purging() && summary.outcomes().containsKey(Outcome.DEACTIVATED);
        ShellCommand undo = undoable ? undo(run) : null;
        if (undo != null) {
            return new NextSteps(
                    resume,
                    null,
                    undo,
                    detail.deleted().byAnyUndo(),
                    detail.deleted().explanations(optionsOfUndo(run.id(), true)));
        }
        boolean applicable = run.dryRun() && run.isCompleted() && !run.purging();
        return new NextSteps(
                resume, applicable ? apply(run, detail.userIds()) : null, null, NotRestored.NOTHING, List.of());
    }

    /**
     * The command that resumes the run.
     *
     * @param userIds the users that the command named by --user
     */
    public static @Nullable ShellCommand resume(Run run, List<Long> userIds) {
        return command(run, run.options(), userIds);
    }

    /** The command that undoes the run as far as possible; null if no run of this kind can be undone. */
    public static @Nullable ShellCommand undo(Run run) {
        if (!run.isOf(CommandName.DEACTIVATE) || run.dryRun()) {
            return null;
        }
        List<String> words = new ArrayList<>(List.of(CommandName.UNDO.text()));
        words.addAll(optionsOfUndo(run.id(), true).words());
        words.add(String.valueOf(run.id()));
        return ShellCommand.of(words);
    }

    /**
     * The command that runs the skipped rows again, once their causes are fixed. An undo takes its rows from the run that
     * it undoes.
     *
     * @param skipped the path of skipped.csv
     */
    public static ShellCommand repeat(Run run, Path skipped) {
        List<String> words = new ArrayList<>(List.of(run.command()));
        Long undone = run.options().undoneRunId();
        if (undone == null) {
            words.add(skipped.toString());
        } else {
            words.addAll(optionsOfUndo(undone, run.options().withMemberships()).words());
            words.add(undone.toString());
        }
        return ShellCommand.of(words);
    }

    private static RunOptions optionsOfUndo(long run, boolean withMemberships) {
        return new RunOptions(ColumnChoice.NONE, false, null, null, run, withMemberships);
    }

    private static @Nullable ShellCommand apply(Run plan, List<Long> userIds) {
        RunOptions options = plan.options();
        return command(
                plan,
                new RunOptions(
                        options.columns(),
                        false,
                        plan.id(),
                        options.transferAdminTo(),
                        options.undoneRunId(),
                        options.withMemberships()),
                userIds);
    }

    private static @Nullable ShellCommand command(Run run, RunOptions options, List<Long> userIds) {
        List<String> words = new ArrayList<>(List.of(run.command()));
        words.addAll(options.words());
        String input = run.inputName();
        switch (run.inputKind()) {
            case RUN -> words.add(String.valueOf(options.undoneRunId()));
            case USERS -> userIds.forEach(id -> words.addAll(List.of("--user", id.toString())));
            case STANDARD_INPUT -> words.add("-");
            case FILE -> words.add(input.startsWith("-") ? "./" + input : input);
        }
        return run.inputKind() == InputKind.USERS && userIds.isEmpty() ? null : ShellCommand.of(words);
    }
}
