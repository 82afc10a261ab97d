package com.fuse.users.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * The program's settings where no {@link Session} has them: variables, and the files that they may be given in. Logs are
 * as they say from then on.
 */
public final class Settings {

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    private Settings() {}

    /** Reads them, without connecting to anything. Where the files cannot be read, the variables have to do. */
    public static Environment read() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Settings.class).run()) {
            return context.getEnvironment();
        } catch (RuntimeException e) {
            LOG.debug("settings not read", e);
            return new StandardEnvironment();
        }
    }
}
