package com.fuse.users.cli;

import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.history.RunSummary;
import com.fuse.users.metrics.EndedCommand;
import com.fuse.users.report.SummaryJson;
import com.fuse.users.run.Actor;
import com.fuse.users.run.Run;
import com.fuse.users.terminal.Console;
import com.fuse.users.text.Counts;
import com.fuse.users.text.FileProblem;
import com.fuse.users.throttle.WaitTotal;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.json.JsonWriter;

/**
 * How the command ended, as a JSON object in the file that Kubernetes shows with the pod: a sentence, the line of the
 * failure, and the runs with their outcomes. Thread-safe, because a signal may end the process during a run.
 */
final class TerminationMessage {

    private static final Logger LOG = LoggerFactory.getLogger(TerminationMessage.class);

    /** Kubernetes cuts off longer messages. */
    private static final int MAX_BYTES = 4096;

    /** In chars; short enough that the line of a failure and one run always fit into a message. */
    private static final int MAX_TEXT = 320;

    private final Map<ExitCode, String> failures = new EnumMap<>(ExitCode.class);
    private final Deque<Map<String, Object>> runs = new ArrayDeque<>();
    private @Nullable DatabaseLogin database;
    private int completedRuns;
    private int deviatingRuns;
    private long rows;
    private long skips;

    /** Records the database that the command works on. */
    synchronized void connected(DatabaseLogin login) {
        database = login;
    }

    /** Records the line that explains this exit code, in case the command ends with it. */
    synchronized void failed(ExitCode exitCode, String line) {
        failures.put(exitCode, line);
    }

    /** Records a run that this process did not complete. */
    synchronized void runNotCompleted(Run run) {
        runs.add(fields(run));
    }

    /** Records a run that this process completed. */
    synchronized void runCompleted(RunSummary summary) {
        Map<String, Object> fields = fields(summary.run());
        fields.put("rows", summary.decidedRows());
        fields.put("skips", summary.skips());
        fields.put("outcomes", summary.outcomes());
        runs.add(fields);
        completedRuns++;
        rows += summary.decidedRows();
        skips += summary.skips();
    }

    /** Records what the verification of the run that was completed last found. */
    synchronized void runVerified(long deviations) {
        runs.getLast().put("deviations", deviations);
        if (deviations > 0) {
            deviatingRuns++;
        }
    }

    /**
     * The exit code with the sums over all completed runs.
     *
     * @param waits how the run waited that ended the command unfinished; null if there is none
     */
    synchronized EndedCommand result(ExitCode exitCode, @Nullable List<WaitTotal> waits) {
        return new EndedCommand(exitCode, rows, skips, waits);
    }

    /** Whether the exit code says it all. */
    synchronized boolean isEmpty() {
        return failures.isEmpty() && runs.isEmpty();
    }

    /**
     * Overwrites the file. Does nothing if it does not exist: Kubernetes creates it, and other files have no reader.
     *
     * @param command null if the command line could not be parsed
     */
    void write(Path file, int status, @Nullable String command) {
        try {
            Files.write(file, json(status, command), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (NoSuchFileException e) {
            LOG.debug("no termination message", e);
        } catch (IOException e) {
            LOG.warn("The termination message cannot be written to {} ({})", file, FileProblem.describe(e));
        }
    }

    private synchronized byte[] json(int status, @Nullable String command) {
        Deque<Map<String, Object>> latest = new ArrayDeque<>(runs);
        byte[] json = json(status, command, latest);
        while (json.length > MAX_BYTES && latest.size() > 1) {
            latest.removeFirst();
            json = json(status, command, latest);
        }
        return json;
    }

    private synchronized byte[] json(int status, @Nullable String command, Deque<Map<String, Object>> latest) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("command", command);
        fields.put("exit_code", status);
        if (database != null) {
            fields.put("database", SummaryJson.fields(database));
            fields.put("login", database.login());
        }
        fields.put("by", SummaryJson.fields(Actor.ofThisProcess()));
        fields.put("summary", sentence());
        String failure = failures.get(ExitCode.of(status));
        if (failure != null) {
            fields.put("error", text(failure));
        }
        fields.put("runs", latest);
        if (latest.size() < runs.size()) {
            fields.put("earlier_runs", runs.size() - latest.size());
        }
        return JsonWriter.<Map<String, @Nullable Object>>standard()
                .writeToString(fields)
                .getBytes(StandardCharsets.UTF_8);
    }

    private synchronized String sentence() {
        String completed = "%s completed, %s, of which %s skipped"
                .formatted(Counts.of(completedRuns, "run"), Counts.of(rows, "row"), Counts.figure(skips));
        if (deviatingRuns > 0) {
            completed += "; %s with deviations".formatted(Counts.of(deviatingRuns, "run"));
        }
        return runs.size() == completedRuns ? completed : completed + "; the last run was not completed";
    }

    private static Map<String, Object> fields(Run run) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", run.id());
        fields.put("dry_run", run.dryRun());
        fields.put("input", text(run.inputName()));
        if (run.reason() != null) {
            fields.put("reason", text(run.reason()));
        }
        return fields;
    }

    private static String text(String line) {
        String text = Console.printable(Console.oneLine(line));
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }
}
