package com.fuse.users.session;

import com.fuse.users.database.DatabaseInitializer;
import com.fuse.users.database.DemoDatabase;
import com.fuse.users.database.SchemaVersion;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import java.util.function.Function;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** A command's connection to the database, and the beans that work on it. */
public final class Session implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final DatabaseInitializer database;

    private Session(ConfigurableApplicationContext context, DatabaseInitializer database) {
        this.context = context;
        this.database = database;
    }

    /**
     * Connects as the login of the job, to a schema that is up to date.
     *
     * @throws RefusedException if none is configured, or its schema is not the program's
     */
    public static Session open() {
        Session session = connect(DemoDatabase.Settings::job);
        try {
            session.get(SchemaVersion.class).findMismatch().ifPresent(mismatch -> {
                throw new RefusedException(ExitCode.CONFIGURATION, mismatch);
            });
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        return session;
    }

    /** Connects as the login that owns the schema, whatever its version. */
    public static Session openAsOwner() {
        return connect(DemoDatabase.Settings::owner);
    }

    private static Session connect(Function<DemoDatabase.Settings, DemoDatabase.Login> login) {
        DatabaseInitializer database = new DatabaseInitializer(login);
        try {
            return new Session(
                    new SpringApplicationBuilder(FuseUsersConfiguration.class)
                            .initializers(database)
                            .run(),
                    database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    public Environment settings() {
        return context.getEnvironment();
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }
}
