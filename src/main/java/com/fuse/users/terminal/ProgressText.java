package com.fuse.users.terminal;

import com.fuse.users.history.Narrative;
import com.fuse.users.history.NextSteps;
import com.fuse.users.history.ShellCommand;
import com.fuse.users.history.UserProgress;
import com.fuse.users.run.CommandName;
import com.fuse.users.run.Run;
import com.fuse.users.text.Counts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the operator can do about a run that was stopped or failed, as text. */
public final class ProgressText {

    private ProgressText() {}

    /**
     * How many users are done and left, how to resume the run, and how to undo it.
     *
     * @param userIds the users that the command named by --user; empty if it did not
     */
    public static String of(Run run, Optional<UserProgress> progress, List<Long> userIds) {
        return "So far: %s%n"
                        .formatted(progress.map(users -> users(run, users))
                                .orElse("the input is not fully read, and no user is changed"))
                + nextSteps(run, NextSteps.resume(run, userIds));
    }

    /** The same without the figures, because the database cannot be asked. */
    public static String ofUnknown(Run run) {
        return "So far: unknown, because the database cannot be asked; later see: fuse-users runs show %d%n"
                        .formatted(run.id())
                + nextSteps(run, null);
    }

    private static String users(Run run, UserProgress progress) {
        return "%s of %s done, %s %s%s; %s left"
                .formatted(
                        Counts.figure(progress.done()),
                        Counts.of(progress.done() + progress.left(), "user"),
                        Counts.figure(progress.changed()),
                        run.dryRun() ? "to be " : "",
                        CommandName.of(run.command()).done(),
                        Counts.figure(progress.left()));
    }

    private static String nextSteps(Run run, @Nullable ShellCommand resume) {
        ShellCommand undo = NextSteps.undo(run);
        String pause = Narrative.pause(run);
        return (pause == null ? "" : pause + System.lineSeparator())
                + "Resume: the same command%s%n".formatted(resume == null ? "" : ", or: " + resume)
                + (undo == null ? "" : "Undo: %s%n".formatted(undo));
    }
}
