package com.fuse.users.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema of a database up to date. Nothing else in the program creates or alters anything. */
public final class Migrator {

    private final Flyway flyway;

    /** @param owner connections of the role that owns, or shall own, the schema; it must be allowed to create roles */
    public Migrator(DataSource owner) {
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
     * @throws FlywayException if a migration fails, or one that was applied has changed since
     */
    public int migrate() {
        return flyway.migrate().migrationsExecuted;
    }
}
