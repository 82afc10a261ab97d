package com.fuse.users.database;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The database of a checkout, which is used where no other is configured. The packaged program has none.
 *
 * <p>Several processes may use it at once. An instance is started once and closed once.
 */
public interface DemoDatabase extends AutoCloseable {

    /** The demo database on the class path; empty in the packaged program. */
    static Optional<DemoDatabase> find() {
        return ServiceLoader.load(DemoDatabase.class).findFirst();
    }

    /**
     * Starts the server, or attaches to it where it is running, and sees that the database is migrated and filled.
     *
     * @throws IllegalStateException if it cannot be started; the message says what to do
     */
    Settings start();

    /**
     * Stops the server unless somebody else is connected to it. Connections of this process are to be closed before.
     * Does nothing where nothing was started.
     */
    @Override
    void close();

    /**
     * How to connect to it.
     *
     * @param job the login of the commands, which has the least rights that they need
     * @param owner the login of {@code migrate}
     */
    record Settings(Login job, Login owner) {}

    /** One login, as JDBC takes it. */
    record Login(String url, String username, String password) {}
}
