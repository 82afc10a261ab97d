package com.fuse.users.cli;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.job.RunEnd;
import com.fuse.users.run.Run;
import com.fuse.users.terminal.Console;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of each input of a command, for the list at its end. */
final class InputResults {

    private final List<String> lines = new ArrayList<>();
    private final List<String> notes;
    private boolean isWorthAList;

    /** @param notes a line about each file that was left out */
    InputResults(List<String> notes) {
        this.notes = notes;
        isWorthAList = !notes.isEmpty();
    }

    void add(String name, RunEnd end) {
        String message = end.message();
        if (end.isPassedOver() && message != null) {
            lines.add(message);
            isWorthAList = true;
        } else {
            add(name, end.run(), end.exitCode());
        }
    }

    void addUnusable(String name, ExitCode exitCode) {
        add(name, null, exitCode);
    }

    void addNotBegun(String name) {
        lines.add(name + ": not begun");
    }

    private void add(String name, @Nullable Run run, ExitCode exitCode) {
        String number = run == null ? "" : "run %d, ".formatted(run.id());
        lines.add("%s: %sexit %d: %s".formatted(name, number, exitCode.status(), exitCode.meaning()));
    }

    /** Prints the list, unless the command had one input and did it. */
    void print(Console console) {
        if (isWorthAList || lines.size() > 1) {
            console.println("");
            console.println("Inputs:");
            lines.forEach(line -> console.println("  " + line));
            notes.forEach(note -> console.println("  " + note));
        }
    }
}
