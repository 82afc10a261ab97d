package com.fuse.users.session;

import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Where the program's settings come from: variables, and the files under {@code /etc/fuse-users/}. */
public final class Settings {

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
}
