package com.fuse.users.cli;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.history.RunSummary;
import com.fuse.users.metrics.EndedCommand;
import com.fuse.users.run.Run;
import com.fuse.users.terminal.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.json.JsonWriter;

/**
 * How the command ended, as a JSON object for whoever looks at the pod: a sentence, the line of the failure, and the
 * runs with their outcomes. Thread-safe.
 */
final class TerminationMessage {

    private static final Logger LOG = LoggerFactory.getLogger(TerminationMessage.class);

    /** Kubernetes keeps no more. */
    private static final int MAX_BYTES = 4096;

    /** In chars, so that one line and one run always fit. */
    private static final int MAX_TEXT = 384;

    private final Map<ExitCode, String> failures = new EnumMap<>(ExitCode.class);
    private final Deque<Map<String, Object>> runs = new ArrayDeque<>();
    private int completedRuns;
    private long rows;
    private long skips;

    /** A line that tells why the command ends with this code, or would. */
    synchronized void failed(ExitCode exitCode, String line) {
        failures.put(exitCode, line);
    }

    /** A run that was not completed. */
    synchronized void stopped(Run run) {
        runs.add(fields(run));
    }

    /** A run that was completed. */
    synchronized void completed(RunSummary summary) {
        Map<String, Object> fields = fields(summary.run());
        fields.put("rows", summary.decidedRows());
        fields.put("skips", summary.skips());
        fields.put("outcomes", summary.outcomes());
        runs.add(fields);
        completedRuns++;
        rows += summary.decidedRows();
        skips += summary.skips();
    }

    /** That it ended with this code, and the rows of its runs. */
    synchronized EndedCommand ended(ExitCode exitCode) {
        return new EndedCommand(exitCode, rows, skips);
    }

    /** Whether there is nothing to tell that the exit code does not. */
    synchronized boolean isEmpty() {
        return failures.isEmpty() && runs.isEmpty();
    }

    /**
     * Writes it to a file that somebody has put there to be written to; without one there is nobody to read it.
     *
     * @param command null if it could not be understood
     */
    void write(Path file, int status, @Nullable String command) {
        try {
            Files.write(file, json(status, command), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (NoSuchFileException e) {
            LOG.debug("no termination message", e);
        } catch (IOException e) {
            LOG.warn(
                    "The termination message cannot be written to {} ({})",
                    file,
                    e.getClass().getSimpleName());
        }
    }

    private synchronized byte[] json(int status, @Nullable String command) {
        Deque<Map<String, Object>> told = new ArrayDeque<>(runs);
        byte[] json = json(status, command, told);
        while (json.length > MAX_BYTES && told.size() > 1) {
            told.removeFirst();
            json = json(status, command, told);
        }
        return json;
    }

    private synchronized byte[] json(int status, @Nullable String command, Deque<Map<String, Object>> told) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("command", command);
        fields.put("exit_code", status);
        fields.put("summary", sentence());
        String failure = failures.get(ExitCode.of(status));
        if (failure != null) {
            fields.put("error", text(failure));
        }
        fields.put("runs", told);
        if (told.size() < runs.size()) {
            fields.put("earlier_runs", runs.size() - told.size());
        }
        return JsonWriter.<Map<String, @Nullable Object>>standard()
                .writeToString(fields)
                .getBytes(StandardCharsets.UTF_8);
    }

    private synchronized String sentence() {
        String made = String.format(
                Locale.ROOT,
                "%,d %s completed, %,d %s, of which %,d skipped",
                completedRuns,
                completedRuns == 1 ? "run" : "runs",
                rows,
                rows == 1 ? "row" : "rows",
                skips);
        return runs.size() == completedRuns ? made : made + "; the last run was not completed";
    }

    private static Map<String, Object> fields(Run run) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", run.id());
        fields.put("dry_run", run.dryRun());
        fields.put("input", text(run.inputName()));
        return fields;
    }

    private static String text(String line) {
        String text = Console.printable(Console.oneLine(line));
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }
}
