package com.fuse.users.database;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Brings the schema of a database up to date. Only this class creates or alters database objects. */
public final class Migrator {

    /** The migration that creates the platform's tables. */
    private static final String PLATFORM = "1";

    private static final long LOCK = 0x667573655f757372L;

    /** Whether the login owns the schema, or may create it if it does not exist. */
    private static final String MAY_MIGRATE = """
            select coalesce(
                (select pg_has_role(c.relowner, 'usage')
                 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = 'fuse_batch' and c.relname = 'flyway_schema_history'),
                has_database_privilege(current_database(), 'create'))""";

    private static final String HAS_HISTORY = "select to_regclass('fuse_batch.flyway_schema_history') is not null";

    private static final String HAS_TABLES = """
            select exists (
                select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'fuse_batch' and c.relkind in ('r', 'p', 'v', 'S'))""";

    private static final String HAS_MIGRATIONS =
            "select exists (select from fuse_batch.flyway_schema_history where version is not null)";

    /** The tables in which the job looks for rows by user, and which have no index for that. */
    private static final String UNINDEXED = """
            select c.relname
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'user_id'
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
              and has_column_privilege('fuse_users_job', c.oid, a.attnum, 'select')
              and not exists (
                  select from pg_index i
                  where i.indrelid = c.oid and i.indisvalid and i.indpred is null and i.indkey[0] = a.attnum)
            order by c.relname""";

    private final JdbcTemplate owner;

    /** @param owner connections of the role that owns, or will own, the schema; it must be able to create roles */
    public Migrator(DataSource owner) {
        this.owner = new JdbcTemplate(owner);
    }

    /**
     * What a migration did.
     *
     * @param applied the number of applied migrations; 0 if the schema was up to date
     * @param tookPlatform whether this migration found the platform's own tables and took them as they are
     * @param unindexed the platform's tables that are searched by {@code user_id} and have no index for it
     */
    public record Migrated(int applied, boolean tookPlatform, List<String> unindexed) {}

    /**
     * Applies the migrations that the database does not have yet, all in one transaction. If the platform's own tables
     * exist, they are taken as they are, and only the other migrations are applied. If several processes migrate at once,
     * one applies the migrations and the others wait.
     *
     * @throws RefusedException if the login does not own the schema, whether or not there is anything to apply, or if the
     *     schema is not one that migrations have made
     * @throws PlatformDiffersException if the platform's own tables are not as they must be
     * @throws FlywayException if a migration fails, or if an applied migration was changed since
     */
    public Migrated migrate() {
        return Objects.requireNonNull(owner.execute((ConnectionCallback<Migrated>) Migrator::migrate));
    }

    private static Migrated migrate(Connection connection) {
        // One connection, because Flyway would commit a migration on one and record it on another: a crash between the
        // two would leave a migration that is applied but not recorded.
        DataSource single = new SingleConnectionDataSource(connection, true);
        JdbcClient jdbc = JdbcClient.create(single);
        try (Lock lock = Lock.take(jdbc)) {
            requireOwner(jdbc);
            boolean takesPlatform = !hasMigrations(jdbc) && hasPlatform(single);
            Flyway flyway = flyway(single);
            if (takesPlatform) {
                // Flyway takes no baseline into the history that an interrupted first migration leaves.
                jdbc.sql("drop table if exists fuse_batch.flyway_schema_history")
                        .update();
                flyway.baseline();
            }
            return new Migrated(
                    apply(flyway),
                    takesPlatform,
                    jdbc.sql(UNINDEXED).query(String.class).list());
        }
    }

    private static int apply(Flyway flyway) {
        try {
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            DatabaseError error =
                    DatabaseError.in(e).filter(DatabaseError::isOfNameInUse).orElseThrow(() -> e);
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "%s, but not by this program, which needs the name; rename it, then run \"migrate\" again"
                            .formatted(error.description()));
        }
    }

    private static Flyway flyway(DataSource owner) {
        // Flyway manages only the job's schema. It must never create or clean public, the platform's schema.
        return Flyway.configure()
                .dataSource(owner)
                .locations("classpath:db/migration")
                .placeholders(Map.of(PlatformTables.PLACEHOLDER, PlatformTables.SCHEMA))
                .defaultSchema("fuse_batch")
                .createSchemas(true)
                .group(true)
                .baselineVersion(PLATFORM)
                // Flyway does not escape it.
                .baselineDescription("platform tables found")
                .load();
    }

    private static void requireOwner(JdbcClient jdbc) {
        if (!is(jdbc, MAY_MIGRATE)) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "this login does not own the database's schema; run \"migrate\" as the owner, by"
                            + " SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD");
        }
    }

    private static boolean hasMigrations(JdbcClient jdbc) {
        if (is(jdbc, HAS_HISTORY)) {
            return is(jdbc, HAS_MIGRATIONS);
        }
        if (is(jdbc, HAS_TABLES)) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "schema fuse_batch has tables but no flyway_schema_history; restore the whole schema from a backup, or"
                            + " drop it to start without the records of earlier runs");
        }
        return false;
    }

    /** Whether the platform has its tables, as they must be. */
    private static boolean hasPlatform(DataSource owner) {
        Optional<List<String>> differences = new PlatformTables(owner).differences();
        if (differences.isPresent() && !differences.get().isEmpty()) {
            throw new PlatformDiffersException(differences.get());
        }
        return differences.isPresent();
    }

    private static boolean is(JdbcClient jdbc, String query) {
        return jdbc.sql(query).query(Boolean.class).single();
    }

    /** Held by the process that migrates the database. */
    private interface Lock extends AutoCloseable {

        /** Waits for the lock. */
        static Lock take(JdbcClient jdbc) {
            call(jdbc, "pg_advisory_lock");
            return () -> call(jdbc, "pg_advisory_unlock");
        }

        private static void call(JdbcClient jdbc, String function) {
            jdbc.sql("select " + function + "(?)").param(LOCK).query().listOfRows();
        }

        @Override
        void close();
    }
}
