package com.fuse.users.demo;

import com.fuse.users.database.DemoDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;

/**
 * The demo database as a PostgreSQL server embedded in the checkout, kept in {@code target/demo-postgres} between
 * starts. It listens on the loopback address only, and trusts whoever connects.
 *
 * <p>Every process that uses it holds one connection open meanwhile: by that the others know of it, and of its end, also
 * when it is killed.
 */
public final class EmbeddedDemoDatabase implements DemoDatabase {

    private static final String DATABASE = "fuse";
    private static final String JOB_LOGIN = "fuse_users_demo";
    private static final String HOLDER = "fuse-users demo";

    /** A file's lock belongs to the whole process, so that the threads of one need another. */
    private static final Object IN_THIS_PROCESS = new Object();

    private final Path folder;
    private final EmbeddedServer server;
    private @Nullable Connection held;

    /** The demo database of the working directory. */
    public EmbeddedDemoDatabase() {
        this(Path.of("target", "demo-postgres"));
    }

    EmbeddedDemoDatabase(Path folder) {
        this.folder = folder;
        this.server = new EmbeddedServer(folder);
    }

    @Override
    public Settings start() {
        boolean started = false;
        try {
            Settings settings = oneAtATime(() -> {
                Connection connection = server.connect(HOLDER);
                held = connection;
                return prepare(connection);
            });
            started = true;
            return settings;
        } catch (FlywayValidateException e) {
            throw new IllegalStateException(
                    "The demo database was made by other migrations; delete the folder %s and run again"
                            .formatted(folder),
                    e);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(
                    "The demo database does not start (server.log in %s says more); where nothing else helps, delete that folder"
                            .formatted(folder),
                    e);
        } finally {
            if (!started) {
                close();
            }
        }
    }

    @Override
    public void close() {
        Connection connection = held;
        if (connection == null) {
            return;
        }
        held = null;
        try {
            oneAtATime(() -> {
                stopUnlessUsed(connection);
                return true;
            });
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(
                    "The demo database does not stop (server.log in %s says more)".formatted(folder), e);
        }
    }

    private static Settings prepare(Connection connection) throws IOException, SQLException {
        String url = EmbeddedServer.url(port(connection), DATABASE);
        // The password is for clients that insist on one.
        Login job = new Login(url, JOB_LOGIN, JOB_LOGIN);
        Login owner = new Login(url, EmbeddedServer.SUPERUSER, EmbeddedServer.SUPERUSER);
        DemoPreparation preparation = new DemoPreparation(DATABASE, job);
        if (!preparation.isDone(connection)) {
            preparation.run(connection, EmbeddedServer.dataSource(owner));
        }
        return new Settings(job, owner);
    }

    private void stopUnlessUsed(Connection connection) throws IOException, SQLException {
        // The connection is lost where the server crashed and recovered meanwhile.
        Optional<Connection> own = connection.isValid(1) ? Optional.of(connection) : server.attach(HOLDER);
        if (own.isEmpty()) {
            return;
        }
        boolean used;
        try (Connection last = own.get()) {
            used = isUsedByOthers(last);
        }
        if (!used) {
            server.stop();
        }
    }

    private static boolean isUsedByOthers(Connection own) throws SQLException {
        try (Statement statement = own.createStatement()) {
            // A connection that was closed, by this process or another that leaves now, is seen a moment longer.
            for (int attempt = 0; attempt < 40; attempt++) {
                if (otherClients(statement) == 0) {
                    return false;
                }
                statement.execute("select pg_sleep(0.025)");
            }
            return true;
        }
    }

    private static long otherClients(Statement statement) throws SQLException {
        try (ResultSet count = statement.executeQuery("""
                select count(*)
                from pg_stat_activity
                where backend_type = 'client backend'
                  and pid <> pg_backend_pid()
                """)) {
            count.next();
            return count.getLong(1);
        }
    }

    private static int port(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet port = statement.executeQuery("select inet_server_port()")) {
            port.next();
            return port.getInt(1);
        }
    }

    private <T> T oneAtATime(Task<T> task) throws IOException, SQLException {
        synchronized (IN_THIS_PROCESS) {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return task.run();
            }
        }
    }

    private interface Task<T> {
        T run() throws IOException, SQLException;
    }
}
