package com.fuse.users.terminal;

import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Makes what is logged as JSON as harmless as {@link HarmlessConverter} makes it for a terminal, since that is where
 * people will read it in the end. Line feeds stay: JSON escapes them.
 */
public final class HarmlessJson implements StructuredLoggingJsonMembersCustomizer<Object> {

    @Override
    public void customize(Members<Object> members) {
        members.applyingValueProcessor(
                ValueProcessor.of(String.class, text -> Console.printable(text.replace('\t', ' '))));
    }
}
