package com.fuse.users.benchmark;

import com.fuse.users.demo.ServerPort;
import com.fuse.users.demo.UnicodeLetters;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A durable PostgreSQL with default settings, except perhaps its shared buffers. */
final class BenchmarkServer implements AutoCloseable {

    private static final String SUPERUSER = "postgres";

    private final EmbeddedPostgres server;

    /** @param folder kept from one benchmark to the next, with the worlds in it */
    BenchmarkServer(Path folder, String sharedBuffers) throws IOException {
        server = EmbeddedPostgres.builder()
                .setPort(ServerPort.choose())
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", sharedBuffers)
                .setLocaleConfig("locale", "C")
                .start();
        requireDurable();
    }

    private void requireDurable() throws IOException {
        try (Connection connection = superuser("postgres").getConnection();
                Statement statement = connection.createStatement();
                ResultSet settings = statement.executeQuery("select string_agg(setting, ',') from pg_settings"
                        + " where name in ('fsync', 'synchronous_commit', 'full_page_writes')")) {
            settings.next();
            if (!settings.getString(1).equals("on,on,on")) {
                throw new IllegalStateException("the server is not durable: " + settings.getString(1));
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** New connections of the superuser. */
    DataSource superuser(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(database));
        source.setUser(SUPERUSER);
        return source;
    }

    String url(String database) {
        return "jdbc:postgresql://localhost:%d/%s".formatted(server.getPort(), database);
    }

    void createDatabase(String database) throws SQLException {
        String options;
        try (Connection connection = superuser("postgres").getConnection()) {
            options = UnicodeLetters.options(connection);
        }
        execute("create database %s %s".formatted(database, options));
    }

    void dropDatabase(String database) throws SQLException {
        execute("drop database if exists %s with (force)".formatted(database));
    }

    /** Makes a database anew as a copy of another, to which nobody is connected, with nothing left to be written. */
    void restore(String database, String template) throws SQLException {
        dropDatabase(database);
        execute("create database %s template %s strategy file_copy".formatted(database, template));
        execute("checkpoint");
    }

    void rename(String database, String name) throws SQLException {
        execute("alter database %s rename to %s".formatted(database, name));
    }

    boolean hasDatabase(String database) throws SQLException {
        try (Connection connection = superuser("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            return statement
                    .executeQuery("select from pg_database where datname = '%s'".formatted(database))
                    .next();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = superuser("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
