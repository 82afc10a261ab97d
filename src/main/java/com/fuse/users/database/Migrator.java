package com.fuse.users.database;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brings the schema of a database up to date. Nothing else in the program creates or alters anything. */
public final class Migrator {

    /** Of a schema that is there, else of the database in which it is to be made. */
    private static final String MAY_MIGRATE = """
            select coalesce(
                (select pg_has_role(c.relowner, 'usage')
                 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = 'fuse_batch' and c.relname = 'flyway_schema_history'),
                has_database_privilege(current_database(), 'create'))""";

    private final JdbcClient jdbc;
    private final Flyway flyway;

    /** @param owner connections of the role that owns, or shall own, the schema; it must be allowed to create roles */
    public Migrator(DataSource owner) {
        this.jdbc = JdbcClient.create(owner);
        // The only schema that Flyway manages is the job's: the platform's, public, is never its to create or clean.
        flyway = Flyway.configure()
                .dataSource(owner)
                .locations("classpath:db/migration")
                .defaultSchema("fuse_batch")
                .createSchemas(true)
                .load();
    }

    /**
     * Applies the migrations that the database does not have yet, each in a transaction of its own; of several processes
     * at once one applies them and the others wait.
     *
     * @return how many were applied, 0 where the schema was up to date
     * @throws RefusedException if the login does not own the schema, whether or not there is anything to apply
     * @throws FlywayException if a migration fails, or one that was applied has changed since
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
