package com.fuse.users.database;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database in which the platform has tables of its own, with rows, and the program has not been yet. */
final class OwnPlatform implements AutoCloseable {

    static final String TAKEN = "The platform's own tables in schema public are as needed; they stay as they are\n"
            + "4 migrations applied; the schema is up to date\n";

    static final String UP_TO_DATE = "0 migrations applied; the schema is up to date\n";

    static final String HISTORY =
            "select concat_ws(' ', version, type) from fuse_batch.flyway_schema_history order by installed_rank";

    private final TestDatabase database = TestDatabase.createUnmigrated();
    private final JdbcClient owner = JdbcClient.create(database.owner());
    private final FuseUsers fuseUsers;

    OwnPlatform(Path folder) throws IOException {
        fuseUsers = new FuseUsers(database, folder);
        execute(new ClassPathResource("platform.sql", OwnPlatform.class).getContentAsString(StandardCharsets.UTF_8));
    }

    TestDatabase database() {
        return database;
    }

    FuseUsers fuseUsers() {
        return fuseUsers;
    }

    void execute(String sql) {
        owner.sql(sql).update();
    }

    List<String> texts(String query) {
        return owner.sql(query).query(String.class).list();
    }

    FuseUsers.Result migrate() {
        return migrateAs(database.ownerUser(), database.ownerPassword());
    }

    /** The first line of a migration, which names the database. */
    String line() {
        return lineFor(database.ownerUser());
    }

    /** The first line of a migration by another login. */
    String lineFor(String login) {
        return new DatabaseLogin("localhost", database.port(), database.name(), login).line() + "\n";
    }

    /** Migrates as another login. */
    FuseUsers.Result migrateAs(String user, String password) {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.put("spring.datasource.username", user);
        settings.put("spring.datasource.password", password);
        return fuseUsers.run(settings, "migrate");
    }

    /** The names of what schema public holds, by catalog, and the rows of users and memberships. */
    Map<String, List<String>> publicObjects() {
        Map<String, List<String>> objects = new TreeMap<>();
        objects.put(
                "pg_class",
                texts(
                        "select concat_ws(' ', relkind, relname) from pg_class where relnamespace = 'public'::regnamespace order by 1"));
        objects.put(
                "pg_attribute",
                texts(
                        "select concat_ws(' ', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull) from pg_attribute join pg_class c on c.oid = attrelid where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') and attnum > 0 order by 1"));
        objects.put(
                "pg_constraint",
                texts(
                        "select concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace order by 1"));
        objects.put(
                "pg_proc", texts("select proname from pg_proc where pronamespace = 'public'::regnamespace order by 1"));
        objects.put(
                "pg_trigger",
                texts(
                        "select concat_ws(' ', tgrelid::regclass, tgname) from pg_trigger where not tgisinternal order by 1"));
        objects.put(
                "rows",
                texts(
                        "select concat_ws(' ', u, m) from users u left join community_memberships m on m.user_id = u.id order by 1"));
        return objects;
    }

    /** {@link #publicObjects()}, and every schema. */
    Map<String, List<String>> everything() {
        Map<String, List<String>> objects = publicObjects();
        objects.put(
                "pg_namespace",
                texts(
                        "select concat_ws(' ', nspname, nspacl) from pg_namespace where nspname !~ '^pg_(toast_)?temp' order by 1"));
        return objects;
    }

    /** What the catalog holds after, and did not hold before. */
    static List<String> added(Map<String, List<String>> before, Map<String, List<String>> after, String catalog) {
        List<String> added = new ArrayList<>(Objects.requireNonNull(after.get(catalog)));
        Objects.requireNonNull(before.get(catalog)).forEach(added::remove);
        return added;
    }

    @Override
    public void close() {
        database.close();
    }
}
