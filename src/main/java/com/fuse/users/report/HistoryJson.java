package com.fuse.users.report;

import com.fuse.users.audit.UserHistory.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;

/** The runs that named a user as one line of JSON, for programs. A member without a value is null, never absent. */
public final class HistoryJson {

    private HistoryJson() {}

    /** An array with an object per run. */
    public static String of(List<Entry> entries) {
        return JsonWriter.standard()
                .withNewLineAtEnd()
                .writeToString(entries.stream().map(HistoryJson::fields).toList());
    }

    private static Map<String, @Nullable Object> fields(Entry entry) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run", entry.run().id());
        fields.put("command", entry.run().command());
        fields.put("dry_run", entry.run().dryRun());
        fields.put("input", entry.run().inputName());
        fields.put("line", entry.line());
        fields.put("outcome", entry.outcome());
        fields.put("decided_at", Objects.toString(entry.decidedAt(), null));
        fields.put("message", entry.message());
        fields.put("by", entry.by().map(SummaryJson::by).orElse(null));
        fields.put("reason", entry.run().reason());
        return fields;
    }
}
