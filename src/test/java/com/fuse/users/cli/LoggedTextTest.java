package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fuse.users.FuseUsersApplication;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/**
 * Logged text is as harmless as printed text: names of files and messages of the database may contain control
 * characters, escape sequences and line feeds. Uses the program's own logging configuration, which the tests otherwise
 * replace.
 */
class LoggedTextTest {

    private static final String HOSTILE = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e";

    @Test
    void aMessageIsOneHarmlessLine() throws JoranException {
        assertThat(logged("Run 1: " + HOSTILE + "\r\n2026-01-01 INFO Run 2: all is well", null))
                .matches(
                        "\\S+ WARN {2}Run 1: \\?\\[2J\\?\\]0;owned\\?\\?31m\\?\\?\\?2026-01-01 INFO Run 2: all is well\n");
    }

    @Test
    void aMessageHasTheNumberOfItsRun() throws JoranException {
        MDC.put("run", "7");
        try {
            assertThat(logged("all is well", null)).matches("\\S+ WARN {2}\\[run 7] all is well\n");
        } finally {
            MDC.remove("run");
        }
    }

    @Test
    void everyLineOfAStackTraceIsHarmless() throws JoranException {
        String logged = logged("command failed", new IllegalStateException("name " + HOSTILE));

        assertThat(logged.lines())
                .contains("java.lang.IllegalStateException: name ?[2J?]0;owned??31m?")
                .filteredOn(line -> line.startsWith(" at com.fuse.users.cli.LoggedTextTest."))
                .isNotEmpty();
        assertThat(logged.codePoints().filter(c -> c != '\n').boxed())
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        assertThat(logged.split("IllegalStateException", -1)).hasSize(2);
    }

    private static String logged(String message, @Nullable Throwable failure) throws JoranException {
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        LoggerContext logging = new LoggerContext();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            logging.setMDCAdapter((LogbackMDCAdapter) MDC.getMDCAdapter());
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(logging);
            configurator.doConfigure(FuseUsersApplication.class.getResource("/logback-spring.xml"));
            Logger logger = logging.getLogger("com.fuse.users");
            if (failure == null) {
                logger.warn(message);
            } else {
                logger.warn(message, failure);
            }
        } finally {
            System.setErr(err);
            logging.stop();
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
