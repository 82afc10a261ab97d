package com.fuse.users.terminal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/**
 * Makes log messages safe to show on a terminal, as {@link Console} does for printed text: they may contain file names
 * and text from the database. With the option {@code line}, the result is one line.
 */
public final class TerminalSafeConverter extends CompositeConverter<ILoggingEvent> {

    private static final String ONE_LINE = "line";

    @Override
    protected String transform(ILoggingEvent event, String text) {
        String wanted = ONE_LINE.equals(getFirstOption()) ? Console.oneLine(text) : text.replace('\t', ' ');
        return Console.printable(wanted);
    }
}
