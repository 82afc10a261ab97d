package com.fuse.users.demo;

import com.fuse.users.database.DemoDatabase.Login;
import com.fuse.users.database.Migrator;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Makes the demo's database on a server: the schema, the job's login and the world. Each part finds out whether it is
 * done, so a start after one that was killed carries on.
 */
final class DemoPreparation {

    private final Login job;
    private final String database;

    /** @param job the login to make, a member of the job's role */
    DemoPreparation(String database, Login job) {
        this.database = database;
        this.job = job;
    }

    /**
     * Whether all of it is there, with the migrations of this checkout.
     *
     * @param server a connection of the superuser to any database of the server
     */
    boolean isDone(Connection server) throws IOException, SQLException {
        try (Statement statement = server.createStatement();
                ResultSet comment = statement.executeQuery("""
                        select shobj_description(oid, 'pg_database')
                        from pg_database
                        where datname = '%s'
                        """.formatted(database))) {
            return comment.next() && MigrationFingerprint.read().equals(comment.getString(1));
        }
    }

    /** @param owner connections of the superuser to the database, which is made first where there is none */
    void run(Connection server, DataSource owner) throws IOException, SQLException {
        try (Statement statement = server.createStatement()) {
            if (isMissing(statement, "select from pg_database where datname = '%s'".formatted(database))) {
                statement.execute("create database %s %s".formatted(database, UnicodeLetters.options(server)));
            }
            new Migrator(owner).migrate();
            if (isMissing(statement, "select from pg_roles where rolname = '%s'".formatted(job.username()))) {
                statement.execute("create role %s login password '%s' in role fuse_users_job"
                        .formatted(job.username(), job.password()));
            }
            try (Connection connection = owner.getConnection()) {
                DemoWorld.ofTheDemo().fill(connection);
            }
            // Last, because it says that all of the above is done.
            statement.execute("comment on database %s is '%s'".formatted(database, MigrationFingerprint.read()));
        }
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            return !found.next();
        }
    }
}
