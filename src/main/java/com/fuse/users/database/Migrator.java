package com.fuse.users.database;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brings the schema of a database up to date. Only this class creates or alters database objects. */
public final class Migrator {

    /** Whether the login owns the schema, or may create it if it does not exist. */
    private static final String MAY_MIGRATE = """
            select coalesce(
                (select pg_has_role(c.relowner, 'usage')
                 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = 'fuse_batch' and c.relname = 'flyway_schema_history'),
                has_database_privilege(current_database(), 'create'))""";

    private final JdbcClient jdbc;
    private final Flyway flyway;

    /** @param owner connections of the role that owns, or will own, the schema; it must be able to create roles */
    public Migrator(DataSource owner) {
        this.jdbc = JdbcClient.create(owner);
        // Flyway manages only the job's schema. It must never create or clean public, the platform's schema.
        flyway = Flyway.configure()
                .dataSource(owner)
                .locations("classpath:db/migration")
                .defaultSchema("fuse_batch")
                .createSchemas(true)
                .load();
    }

    /**
     * Applies the migrations that the database does not have yet, each in its own transaction. If several processes
     * migrate at once, one applies the migrations and the others wait.
     *
     * @return the number of applied migrations; 0 if the schema was up to date
     * @throws RefusedException if the login does not own the schema, whether or not there is anything to apply
     * @throws FlywayException if a migration fails, or if an applied migration was changed since
     */
    public int migrate() {
        if (!jdbc.sql(MAY_MIGRATE).query(Boolean.class).single()) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION,
                    "this login does not own the database's schema; run \"migrate\" as the owner, by"
                            + " SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD");
        }
        return flyway.migrate().migrationsExecuted;
    }
}
