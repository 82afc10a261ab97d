package com.fuse.users.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares the database's schema with the program's, without changing anything. */
public class SchemaVersion {

    private static final String MIGRATIONS = "classpath:db/migration/V*__*.sql";

    private static final String APPLIED =
            "select version from fuse_batch.flyway_schema_history where success and version is not null";

    private final JdbcClient jdbc;

    public SchemaVersion(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The reason why the program cannot work with this schema, and the remedy; empty if it can.
     *
     * @throws DataAccessException if the query fails for another reason than a missing schema
     */
    public Optional<String> findMismatch() {
        MigrationVersion wanted = newestMigration();
        MigrationVersion found;
        try {
            found = jdbc.sql(APPLIED).query(String.class).list().stream()
                    .map(MigrationVersion::fromVersion)
                    .max(Comparator.naturalOrder())
                    .orElse(MigrationVersion.EMPTY);
        } catch (DataAccessException e) {
            if (DatabaseError.in(e).filter(DatabaseError::isOfConfiguration).isEmpty()) {
                throw e;
            }
            return Optional.of("this login sees no schema fuse_batch in the database; run \"migrate\" as the owner, and"
                    + " grant fuse_users_job to the login");
        }
        return switch (Integer.signum(found.compareTo(wanted))) {
            case -1 ->
                Optional.of("the database's schema is at version %s, the program needs %s; run \"migrate\" as the owner"
                        .formatted(found, wanted));
            case 1 ->
                Optional.of("the database's schema is at version %s, newer than the program's %s; use the newer program"
                        .formatted(found, wanted));
            default -> Optional.empty();
        };
    }

    private static MigrationVersion newestMigration() {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(MIGRATIONS))
                    .map(resource -> Objects.requireNonNull(resource.getFilename()))
                    .map(name -> MigrationVersion.fromVersion(name.substring(1, name.indexOf("__"))))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
