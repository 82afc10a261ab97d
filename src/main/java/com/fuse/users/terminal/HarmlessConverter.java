package com.fuse.users.terminal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/**
 * Makes what is logged fit for a terminal, as {@link Console} does with what is printed: it may hold names of files and
 * the database's words. With the option {@code line}, also one line.
 */
public final class HarmlessConverter extends CompositeConverter<ILoggingEvent> {

    private static final String ONE_LINE = "line";

    @Override
    protected String transform(ILoggingEvent event, String text) {
        String wanted = ONE_LINE.equals(getFirstOption()) ? Console.oneLine(text) : text.replace('\t', ' ');
        return Console.printable(wanted);
    }
}
