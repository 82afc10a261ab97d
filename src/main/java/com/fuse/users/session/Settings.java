package com.fuse.users.session;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Where the program's settings come from: variables, and the files under {@code /etc/fuse-users/}. */
public final class Settings {

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    /**
     * By default, Spring Boot also reads {@code application.properties} and the like in the current folder. A file that
     * happens to be there must not choose the database.
     */
    private static final Map<String, Object> NOT_THE_CURRENT_FOLDER = Map.of(
            "spring.config.location", "classpath:/",
            "spring.config.additional-location", "",
            "spring.config.name", "application");

    private Settings() {}

    /** The variables. Spring Boot adds the program's defaults and the files. */
    public static ConfigurableEnvironment variables() {
        StandardEnvironment variables = new StandardEnvironment();
        variables.getPropertySources().addFirst(new MapPropertySource("sources of settings", NOT_THE_CURRENT_FOLDER));
        return variables;
    }

    /**
     * All settings, as a session reads them, without Spring's context. If a file cannot be read, the variables are there
     * all the same.
     */
    public static ConfigurableEnvironment read() {
        ConfigurableEnvironment read = variables();
        try {
            ConfigDataEnvironmentPostProcessor.applyTo(read);
        } catch (RuntimeException e) {
            LOG.debug("settings not read from files", e);
        }
        return read;
    }
}
