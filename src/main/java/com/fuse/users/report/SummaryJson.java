package com.fuse.users.report;

import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.history.CommunityCounts;
import com.fuse.users.history.CommunityCounts.InCommunity;
import com.fuse.users.history.Deviation;
import com.fuse.users.history.NextSteps;
import com.fuse.users.history.RunDetail;
import com.fuse.users.history.RunListing;
import com.fuse.users.history.RunState;
import com.fuse.users.history.RunSummary;
import com.fuse.users.history.attempt.AttemptFigures;
import com.fuse.users.history.attempt.AttemptRecord;
import com.fuse.users.run.Actor;
import com.fuse.users.run.Run;
import com.fuse.users.text.Seconds;
import com.fuse.users.throttle.WaitTotal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;

/**
 * A run's summary as one line of JSON, for programs: {@code summary.json}, and "--json" of "runs" and "runs show". A
 * member without a value is null, never absent.
 */
public final class SummaryJson {

    private SummaryJson() {}

    /** One run as an object. Times are UTC in ISO 8601, durations are seconds. */
    public static String of(RunSummary summary, RunDetail detail) {
        return text(fields(summary, detail));
    }

    /** Several runs as an array of objects with fewer members: outcomes are not counted, and nothing is detailed. */
    public static String of(List<RunListing> listings) {
        return text(listings.stream().map(SummaryJson::fields).toList());
    }

    private static Map<String, @Nullable Object> fields(RunListing listing) {
        Map<String, @Nullable Object> fields = fields(listing.run(), listing.state());
        fields.put("by", listing.made().stream().map(SummaryJson::by).toList());
        fields.put("seconds", Seconds.exact(listing.worked()));
        fields.put("changes", listing.changes());
        fields.put("skips", listing.skips());
        fields.put("undone_by", listing.undoneBy());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(RunSummary summary, RunDetail detail) {
        Map<String, @Nullable Object> fields = fields(summary.run(), summary.state());
        fields.put("error", summary.error());
        fields.put("by", summary.made().stream().map(SummaryJson::by).toList());
        fields.put("attempts", summary.attempts());
        fields.put("seconds", Seconds.exact(summary.worked()));
        fields.put("rows_per_second", summary.rowsPerSecond());
        fields.put("outcomes", summary.outcomes());
        fields.put("skips", summary.skips());
        fields.put("deleted_rows", summary.rows().deleted());
        fields.put("added_rows", summary.rows().added());
        fields.put("waits", summary.waits().stream().map(SummaryJson::fields).toList());
        fields.put("rows_per_second_without_waits", summary.rowsPerSecondWithoutWaits());
        fields.put("drift", summary.drift());
        fields.put("deviations", deviations(summary.deviations()));
        fields.put("undone_by", summary.undoneBy());
        fields.put("not_restored", summary.notRestored().rows());
        fields.put("removed_memberships", fields(detail.removed()));
        fields.put("added_memberships", fields(detail.added()));
        fields.put(
                "attempt_figures",
                detail.attempts().stream().map(SummaryJson::fields).toList());
        NextSteps next = NextSteps.of(summary, detail);
        fields.put(
                "resume_command", next.resume() == null ? null : next.resume().toString());
        fields.put("apply_command", next.apply() == null ? null : next.apply().toString());
        fields.put("undo_command", next.undo() == null ? null : next.undo().toString());
        return fields;
    }

    private static @Nullable Object deviations(@Nullable List<Deviation> deviations) {
        return deviations == null
                ? null
                : deviations.stream().map(SummaryJson::fields).toList();
    }

    private static Map<String, @Nullable Object> fields(WaitTotal wait) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("reason", wait.reason().code());
        fields.put("times", wait.times());
        fields.put("seconds", Seconds.exact(wait.length()));
        return fields;
    }

    private static Map<String, @Nullable Object> fields(Deviation deviation) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("planned", deviation.planned());
        fields.put("outcome", deviation.outcome());
        fields.put("rows", deviation.rows());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(CommunityCounts counts) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("memberships", counts.memberships());
        fields.put("communities", counts.communities());
        fields.put("most", counts.most().stream().map(SummaryJson::fields).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(InCommunity community) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("community_id", community.communityId());
        fields.put("memberships", community.memberships());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(AttemptFigures attempt) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("attempt", attempt.record().number());
        fields.put("began_at", attempt.record().began().toString());
        fields.put("seconds", Seconds.exact(attempt.record().worked()));
        fields.put("users", attempt.record().users());
        fields.put("users_per_second", attempt.usersPerSecond());
        fields.put("helpers", attempt.record().helpers());
        fields.put("end", attempt.end());
        fields.put("error", attempt.record().error());
        return fields;
    }

    /** Who made an attempt, with the login, as an object. */
    static Map<String, @Nullable Object> by(AttemptRecord attempt) {
        Map<String, @Nullable Object> fields = fields(attempt.actor());
        fields.put("login", attempt.login());
        return fields;
    }

    /** Who makes an attempt, as an object. */
    public static Map<String, @Nullable Object> fields(@Nullable Actor actor) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("account", actor == null ? null : actor.account());
        fields.put("host", actor == null ? null : actor.host());
        fields.put("version", actor == null ? null : actor.version());
        return fields;
    }

    /** A database as an object, without the login. */
    public static Map<String, @Nullable Object> fields(DatabaseLogin database) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("host", database.host());
        fields.put("port", database.port());
        fields.put("name", database.name());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(Run run, RunState state) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run", run.id());
        fields.put("database", fields(run.database()));
        fields.put("login", run.database().login());
        fields.put("reason", run.reason());
        fields.put("command", run.command());
        fields.put("dry_run", run.dryRun());
        fields.put("plan", run.options().planId());
        fields.put("undone_run", run.options().undoneRunId());
        fields.put("with_memberships", run.options().withMemberships());
        fields.put("transfer_admin_to", run.options().transferAdminTo());
        fields.put("state", state);
        fields.put("exit_code", run.exitCode());
        fields.put("input", run.inputName());
        fields.put("input_sha256", run.inputSha256());
        fields.put("input_format", run.inputFormat());
        fields.put("input_notes", run.inputNotes());
        fields.put("started_at", run.startedAt().toString());
        fields.put("ended_at", run.endedAt() == null ? null : run.endedAt().toString());
        fields.put("paused_since", Objects.toString(run.pausedSince(), null));
        fields.put("rows", run.rowCount());
        return fields;
    }

    private static String text(Object value) {
        return JsonWriter.standard().withNewLineAtEnd().writeToString(value);
    }
}
