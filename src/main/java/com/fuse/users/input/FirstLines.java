package com.fuse.users.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The start of an input as text: enough to see that it is not a CSV, or that its first line states the delimiter.
 *
 * @param text the first characters, without a byte order mark
 */
record FirstLines(String input, String text) {
    private static final int CHARACTERS = 8 * 1024;

    private static final Pattern DELIMITER_LINE =
            Pattern.compile("\"?sep=([^\\p{Alnum}\"\r\n])\"?(\r|\n).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern JSON = Pattern.compile("[\\[{]\\s*[\\[{\"\\]}0-9-].*", Pattern.DOTALL);
    private static final Pattern HTML =
            Pattern.compile("<(!doctype html|html|head|body|table)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern XML = Pattern.compile("<[?!\\p{Alpha}].*", Pattern.DOTALL);
    /** More than the first word of a statement, because a heading may be "Create date" or "Update". */
    private static final Pattern SQL = Pattern.compile(
            "(--|/\\*|(insert\\s+into|delete\\s+from|create\\s+(table|view|or|temp\\w*))\\s|begin\\s*;|set\\s[^,;]*="
                    + "|(select|copy)\\s.*\\s(from|to)\\s|update\\s.*\\sset\\s|with\\s.*\\sas\\s*\\().*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    /** The line below the headings, or the frame, of a table that a database's client prints. */
    private static final Pattern RULE =
            Pattern.compile("[\\s|+:\u2500-\u257F-]*[-\u2500\u2550]{3,}[\\s|+:\u2500-\u257F-]*");

    private static final int LINES_OF_A_HEADING = 3;

    /** The start of {@code source}. */
    static FirstLines of(InputSource source, InputDigest digest) {
        char[] buffer = new char[CHARACTERS];
        int length = 0;
        // Not strict: the reader of the records names the line of a byte that is not text.
        try (Reader reader = new BufferedReader(
                new InputStreamReader(InputDigest.withByteOrderMark(source.open(), false), digest.charset()))) {
            int n = 0;
            while (n >= 0 && length < buffer.length) {
                length += n;
                n = reader.read(buffer, length, buffer.length - length);
            }
        } catch (IOException e) {
            throw source.cannotBeRead(e);
        }
        return new FirstLines(source.name(), new String(buffer, 0, length));
    }

    /** Whether this is a single line, apart from blank ones. */
    boolean isOneLine() {
        return text.strip().lines().count() == 1;
    }

    /** The delimiter that the first line states; null if it states none. */
    @Nullable
    Character delimiter() {
        Matcher line = DELIMITER_LINE.matcher(text);
        return line.matches() ? line.group(1).charAt(0) : null;
    }

    /** @throws InputException if this is text of another kind than CSV; the message names the kind */
    void refuseOtherThanCsv() {
        String content = text.strip();
        if (JSON.matcher(content).matches()) {
            throw refusal("JSON", "export the users as CSV");
        }
        if (HTML.matcher(content).matches()) {
            throw refusal("an HTML page", "export the users as CSV");
        }
        if (XML.matcher(content).matches()) {
            throw refusal("XML", "export the users as CSV");
        }
        if (SQL.matcher(content).matches()) {
            throw refusal("SQL", "run the query and export its result as CSV");
        }
        List<String> lines = content.lines()
                .filter(line -> !line.isBlank())
                .limit(LINES_OF_A_HEADING)
                .toList();
        if (lines.stream().anyMatch(line -> RULE.matcher(line).matches())) {
            throw refusal("the printed table of a query's result", "export it as CSV, with psql by the option --csv,");
        }
    }

    private InputException refusal(String kind, String remedy) {
        return InputException.unreadable(
                input, "this is %s, not a CSV of users; %s and run again.".formatted(kind, remedy));
    }
}
