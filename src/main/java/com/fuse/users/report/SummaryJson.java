package com.fuse.users.report;

import com.fuse.users.run.Run;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** A run's summary as JSON, for programs: {@code summary.json}, and "--json" of "runs" and "runs show". */
public final class SummaryJson {

    /** Not a mapper, whose making alone would take a tenth of a short run's time. */
    private static final JsonFactory JSON = new JsonFactory();

    private static final ObjectWriteContext INDENTED = new ObjectWriteContext.Base() {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
        }
    };

    private SummaryJson() {}

    /** One run as an object. Times are UTC in ISO 8601, durations are seconds. */
    public static String of(RunSummary summary) {
        return text(fields(summary));
    }

    /** Several runs as an array of such objects, without their figures. */
    public static String of(List<RunListing> listings) {
        return text(listings.stream()
                .map(listing -> fields(listing.run(), listing.state()))
                .toList());
    }

    private static Map<String, @Nullable Object> fields(RunSummary summary) {
        Map<String, @Nullable Object> fields = fields(summary.run(), summary.state());
        fields.put("attempts", summary.attempts());
        fields.put("seconds", summary.worked().toMillis() / 1000.0);
        fields.put("rows_per_second", summary.rowsPerSecond());
        fields.put("outcomes", summary.outcomes());
        fields.put("skips", summary.skips());
        fields.put("deleted_rows", summary.rows().deleted());
        fields.put("added_rows", summary.rows().added());
        fields.put("drift", summary.drift());
        fields.put("undone_by", summary.undoneBy());
        fields.put("not_restored", summary.notRestored().rows());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(Run run, RunState state) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run", run.id());
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
        fields.put("started_at", run.startedAt().toString());
        fields.put("ended_at", run.endedAt() == null ? null : run.endedAt().toString());
        fields.put("rows", run.rowCount());
        return fields;
    }

    private static String text(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(INDENTED, text)) {
            write(generator, value);
        }
        return text + "\n";
    }

    private static void write(JsonGenerator generator, @Nullable Object value) {
        if (value instanceof Map<?, ?> fields) {
            generator.writeStartObject();
            fields.forEach((name, field) -> {
                generator.writeName(String.valueOf(name));
                write(generator, field);
            });
            generator.writeEndObject();
        } else if (value instanceof List<?> values) {
            generator.writeStartArray();
            values.forEach(element -> write(generator, element));
            generator.writeEndArray();
        } else if (value instanceof Long || value instanceof Integer) {
            generator.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double number) {
            generator.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value == null) {
            generator.writeNull();
        } else {
            generator.writeString(value.toString());
        }
    }
}
