package com.fuse.users.terminal;

import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Makes logs in JSON as safe as {@link TerminalSafeConverter} makes them in text, because people read them on a
 * terminal in the end. Line feeds stay: JSON escapes them.
 */
public final class TerminalSafeJson implements StructuredLoggingJsonMembersCustomizer<Object> {

    @Override
    public void customize(Members<Object> members) {
        members.applyingValueProcessor(
                ValueProcessor.of(String.class, text -> Console.printable(text.replace('\t', ' '))));
    }
}
