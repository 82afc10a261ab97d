package com.fuse.users.database;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The database of a checkout, which is used if no other is configured. The packaged program has none.
 *
 * <p>Several processes may use it at once. An instance is started once and closed once.
 */
public interface DemoDatabase extends AutoCloseable {

    /** The demo database on the class path; empty in the packaged program. */
    static Optional<DemoDatabase> find() {
        return ServiceLoader.load(DemoDatabase.class).findFirst();
    }

    /**
     * Starts the server, or attaches to a running one, and migrates and fills the database where needed.
     *
     * @throws IllegalStateException if it cannot be started; the message says what to do
     */
    Settings start();

    /**
     * Stops the server unless another process is connected to it. Close the connections of this process first. Does
     * nothing if the server was not started.
     */
    @Override
    void close();

    /**
     * How to connect to it.
     *
     * @param job the login of the commands, which has only the rights that they need
     * @param owner the login of {@code migrate}
     */
    record Settings(Login job, Login owner) {}

    /** One login, in the form that JDBC needs. */
    record Login(String url, String username, String password) {}
}
