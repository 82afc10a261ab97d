package com.fuse.users.terminal;

import static java.util.stream.Collectors.joining;

import com.fuse.users.audit.UserHistory.Entry;
import com.fuse.users.history.attempt.AttemptRecord;
import com.fuse.users.run.Actor;
import com.fuse.users.text.Counts;
import com.fuse.users.text.Moments;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The runs that named a user, as text. */
public final class HistoryText {

    private HistoryText() {}

    /** A paragraph per run. */
    public static String of(long userId, List<Entry> entries) {
        return "User %d: %s%n".formatted(userId, Counts.of(entries.size(), "run"))
                + entries.stream().map(HistoryText::paragraph).collect(joining());
    }

    private static String paragraph(Entry entry) {
        Instant decidedAt = entry.decidedAt();
        String decided = decidedAt == null ? "not decided" : "%s %s".formatted(Moments.of(decidedAt), entry.outcome());
        return "%n%s%s%n".formatted(decided, entry.run().dryRun() ? " (dry run, nothing changed)" : "")
                + "  Run %d, %s %s, line %d%n"
                        .formatted(
                                entry.run().id(),
                                SummaryText.command(entry.run()),
                                Console.oneLine(entry.run().inputName()),
                                entry.line())
                + entry.by().map(HistoryText::by).orElse("")
                + line("Reason", entry.run().reason())
                + line("Message", entry.message());
    }

    private static String by(AttemptRecord attempt) {
        Actor actor = Objects.requireNonNull(attempt.actor());
        return "  By: %s, login %s, fuse-users %s%n".formatted(actor.describe(), attempt.login(), actor.version());
    }

    private static String line(String name, @Nullable String text) {
        return text == null ? "" : "  %s: %s%n".formatted(name, Console.oneLine(text));
    }
}
