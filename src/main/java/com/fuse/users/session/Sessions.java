package com.fuse.users.session;

import com.fuse.users.database.DemoDatabase;
import com.fuse.users.exit.RefusedException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Opens the session of a command.
 *
 * @param opened is told of a session before anything else happens in it
 */
public record Sessions(Consumer<Session> opened) {

    /**
     * Connects as the login of the job, for a command that changes nothing. A standby will do.
     *
     * @throws RefusedException if no database is configured, or its schema is not the program's
     */
    public Session toRead() {
        return open(DemoDatabase.Settings::job, Session::requireSchema);
    }

    /**
     * Connects as the login of the job, for a command that writes, even if only the record of a plan.
     *
     * @throws RefusedException if no database is configured, the program cannot change it, or its schema is not the program's
     */
    public Session toWrite() {
        return open(DemoDatabase.Settings::job, session -> {
            session.requireWritable();
            session.requireSchema();
        });
    }

    /**
     * Connects as the login of the job, whatever the server's state and the version of its schema.
     *
     * @throws RefusedException if no database is configured
     */
    public Session toCheck() {
        return open(DemoDatabase.Settings::job, session -> {});
    }

    /**
     * Connects as the login that owns the schema, whatever its version.
     *
     * @throws RefusedException if no database is configured, or the program cannot change it
     */
    public Session asOwner() {
        return open(DemoDatabase.Settings::owner, Session::requireWritable);
    }

    private Session open(Function<DemoDatabase.Settings, DemoDatabase.Login> login, Consumer<Session> requirement) {
        Session session = Session.connect(login);
        try {
            opened.accept(session);
            requirement.accept(session);
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }
}
