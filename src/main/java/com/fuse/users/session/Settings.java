package com.fuse.users.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * The program's settings for a command that ended without a {@link Session}: environment variables, and the files that
 * application.yml names. Reading them also sets up logging as they say.
 */
public final class Settings {

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    private Settings() {}

    /** Reads the settings without connecting to anything. If the files cannot be read, only the variables count. */
    public static Environment read() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Settings.class).run()) {
            return context.getEnvironment();
        } catch (RuntimeException e) {
            LOG.debug("settings not read", e);
            return new StandardEnvironment();
        }
    }
}
