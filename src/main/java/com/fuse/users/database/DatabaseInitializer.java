package com.fuse.users.database;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Uses the configured database, or the demo database of a checkout if none is configured. */
public final class DatabaseInitializer
        implements ApplicationContextInitializer<ConfigurableApplicationContext>, AutoCloseable {

    private static final String URL = "spring.datasource.url";
    private static final String URL_PREFIX = "jdbc:postgresql:";

    private final Function<DemoDatabase.Settings, DemoDatabase.Login> demoLogin;
    private @Nullable DemoDatabase demo;

    /** @param demoLogin selects the login if the demo database is used */
    public DatabaseInitializer(Function<DemoDatabase.Settings, DemoDatabase.Login> demoLogin) {
        this.demoLogin = demoLogin;
    }

    /** @throws RefusedException if no database is configured, and the demo database is missing or does not start */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        String url = environment.getProperty(URL);
        if (url == null || url.isBlank()) {
            environment.getPropertySources().addFirst(new MapPropertySource("demo database", startDemo()));
        } else if (Driver.parseURL(url, null) == null) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "SPRING_DATASOURCE_URL is not a PostgreSQL URL; set it to " + URL_PREFIX + "//HOST:PORT/DATABASE");
        }
    }

    private Map<String, Object> startDemo() {
        demo = DemoDatabase.find()
                .orElseThrow(
                        () -> new RefusedException(
                                ExitCode.CONFIGURATION,
                                "no database given; set SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and"
                                        + " SPRING_DATASOURCE_PASSWORD, or put files of those settings under /etc/fuse-users/"));
        DemoDatabase.Settings settings;
        try {
            settings = demo.start();
        } catch (IllegalStateException e) {
            throw new RefusedException(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()));
        }
        DemoDatabase.Login login = demoLogin.apply(settings);
        return Map.of(
                URL,
                login.url(),
                "spring.datasource.username",
                login.username(),
                "spring.datasource.password",
                login.password());
    }

    /** Stops the demo database if this object started it. */
    @Override
    public void close() {
        if (demo != null) {
            demo.close();
        }
    }
}
