package com.fuse.users.benchmark;

import com.fuse.users.database.Migrator;
import com.fuse.users.demo.DemoWorld;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;

/** A platform with a number of users: created once, kept as a template, and restored before each measurement. */
final class BenchmarkWorld {

    private static final String DATABASE = "benchmark";
    private static final String JOB_LOGIN = "benchmark_job";
    private static final String UNFINISHED = "world_unfinished";

    private final BenchmarkServer server;
    private final int users;

    BenchmarkWorld(BenchmarkServer server, int users) {
        this.server = server;
        this.users = users;
    }

    int users() {
        return users;
    }

    /** The platform as it was before anything was done to it. */
    void restore() throws SQLException, IOException {
        if (!server.hasDatabase(template())) {
            make();
        }
        server.restore(DATABASE, template());
        // The template may be of an earlier program.
        new Migrator(owner()).migrate();
    }

    /** New connections of the superuser, to whom the tables belong. */
    DataSource owner() {
        return server.superuser(DATABASE);
    }

    /** Spring's settings of the program, as a login with the job's rights alone. */
    Map<String, String> jobSettings() {
        return Map.of(
                "SPRING_DATASOURCE_URL", server.url(DATABASE),
                "SPRING_DATASOURCE_USERNAME", JOB_LOGIN,
                "SPRING_DATASOURCE_PASSWORD", JOB_LOGIN);
    }

    String url() {
        return server.url(DATABASE);
    }

    /** Writes a file of so many different users, in no order. */
    Path input(Path folder, int rows) throws IOException {
        Path input = folder.resolve("leavers-%d-of-%d.csv".formatted(rows, users));
        try (BufferedWriter writer = Files.newBufferedWriter(input)) {
            writer.write("user_id\n");
            // Multiplying by a number that has no factor in common with theirs visits each once, here and there.
            long stride = users / rows;
            for (long row = 0; row < rows; row++) {
                writer.write(Long.toString(1 + row * 7_368_787 % rows * stride));
                writer.write('\n');
            }
        }
        return input;
    }

    /** A user whom no input names that {@link #input} writes for a fifth of the users. */
    long outsider(long number) {
        return 3 + number * 7_919 % (users / 5) * 5;
    }

    private String template() {
        return "world_%d".formatted(users);
    }

    private void make() throws SQLException, IOException {
        server.dropDatabase(UNFINISHED);
        server.createDatabase(UNFINISHED);
        DataSource owner = server.superuser(UNFINISHED);
        new Migrator(owner).migrate();
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create schema world;
                    create function world.users() returns integer language sql immutable return %d;
                    create function world.communities() returns integer language sql immutable return %d;
                    create function world.draw(id bigint, salt bigint) returns bigint language sql immutable
                        return hashint8extended(id, salt) & 9223372036854775807;
                    create table public.script_outcomes (line bigint, user_id bigint, outcome text);
                    create table public.script_removed_memberships (user_id bigint, community_id bigint);
                    """.formatted(users, Math.max(500, users / 5_000)));
            connection.setAutoCommit(false);
            statement.execute("set local session_replication_role = replica; set local work_mem = '256MB'");
            statement.execute(Sql.read(DemoWorld.class, "indexes-away.sql"));
            statement.execute(Sql.read("world.sql"));
            statement.execute(Sql.read(DemoWorld.class, "indexes-back.sql"));
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("vacuum (freeze, analyze)");
            createLogin(statement);
        }
        server.rename(UNFINISHED, template());
    }

    private static void createLogin(Statement statement) throws SQLException {
        try (ResultSet found =
                statement.executeQuery("select from pg_roles where rolname = '%s'".formatted(JOB_LOGIN))) {
            if (found.next()) {
                return;
            }
        }
        statement.execute("create role %1$s login password '%1$s' in role fuse_users_job".formatted(JOB_LOGIN));
    }
}
