package com.fuse.users.input;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of files that people take for a CSV, as their first bytes tell. */
enum BinaryKind {
    WORKBOOK("an Excel workbook", "open it, save it as CSV"),
    SPREADSHEET("an OpenDocument spreadsheet", "open it, save it as CSV"),
    ZIP("a ZIP archive", "unpack it"),
    GZIP("gzip within gzip", "unpack it once"),
    PDF("a PDF document", "export the users as CSV"),
    DUMP("a dump of a PostgreSQL database", "export the users as CSV");

    private static final Map<String, BinaryKind> STARTS = Map.of(
            "PK\u0003\u0004", ZIP,
            "\u00d0\u00cf\u0011\u00e0", WORKBOOK,
            "\u001f\u008b", GZIP,
            "%PDF", PDF,
            "PGDMP", DUMP);

    private final String description;
    private final String remedy;

    BinaryKind(String description, String remedy) {
        this.description = description;
        this.remedy = remedy;
    }

    /** @throws InputException if the content of the input {@code name}, which starts with these bytes, is of such a kind */
    static void refuse(String name, byte[] start, int length) {
        BinaryKind kind = of(new String(start, 0, length, StandardCharsets.ISO_8859_1));
        if (kind != null) {
            throw InputException.unreadable(
                    name,
                    1,
                    "this is %s, not a CSV of users; %s and run again with that file."
                            .formatted(kind.description, kind.remedy));
        }
    }

    private static @Nullable BinaryKind of(String start) {
        BinaryKind kind = STARTS.entrySet().stream()
                .filter(entry -> start.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        if (kind != ZIP) {
            return kind;
        }
        if (start.contains("application/vnd.oasis.opendocument.spreadsheet")) {
            return SPREADSHEET;
        }
        return start.contains("[Content_Types].xml") || start.contains("xl/") ? WORKBOOK : ZIP;
    }
}
