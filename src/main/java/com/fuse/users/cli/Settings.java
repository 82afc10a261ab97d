package com.fuse.users.cli;

import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** The program's settings where no {@link Session} has them: variables, and the files that they may be given in. */
final class Settings {

    private Settings() {}

    /** Reads them, without connecting to anything. */
    static Environment read() {
        ConfigurableEnvironment settings = new StandardEnvironment();
        ConfigDataEnvironmentPostProcessor.applyTo(settings);
        ConfigurationPropertySources.attach(settings);
        return settings;
    }
}
