package com.fuse.users.demo;

import com.fuse.users.database.DemoDatabase.Login;
import com.fuse.users.database.Migrator;
import java.io.IOException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes the demo's database on a server: the schema, the job's login and the world. Each part checks whether it is
 * done, so the start after a killed start resumes.
 */
final class DemoPreparation {

    private final DataSource superuser;
    private final JdbcClient server;
    private final String database;
    private final Login job;

    /**
     * @param superuser connections to any database of the server
     * @param job the login to make, a member of the job's role
     */
    DemoPreparation(DataSource superuser, String database, Login job) {
        this.superuser = superuser;
        this.server = JdbcClient.create(superuser);
        this.database = database;
        this.job = job;
    }

    /** Whether all of it is there, with the migrations of this checkout. */
    boolean isDone() throws IOException {
        return server.sql("select shobj_description(oid, 'pg_database') from pg_database where datname = ?")
                .param(database)
                .query(String.class)
                .optional()
                .filter(fingerprint()::equals)
                .isPresent();
    }

    /** @param owner connections of the superuser to the database; this method creates the database if it is missing */
    void run(DataSource owner) throws IOException, SQLException {
        if (isMissing("select from pg_database where datname = ?", database)) {
            try (Connection connection = superuser.getConnection()) {
                execute("create database %s %s".formatted(database, UnicodeLetters.options(connection)));
            }
        }
        new Migrator(owner).migrate();
        if (isMissing("select from pg_roles where rolname = ?", job.username())) {
            execute("create role %s login password '%s' in role fuse_users_job"
                    .formatted(job.username(), job.password()));
        }
        try (Connection filled = owner.getConnection()) {
            DemoWorld.ofTheDemo().fill(filled);
        }
        // Last, because it says that all of the above is done.
        execute("comment on database %s is '%s'".formatted(database, fingerprint()));
    }

    /** A digest of the names and contents of all migrations, which takes less time to compare than Flyway does. */
    private static String fingerprint() throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (Resource migration : new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/*")) {
            DigestUtils.updateDigest(digest, String.valueOf(migration.getFilename()));
            DigestUtils.updateDigest(digest, migration.getContentAsByteArray());
        }
        return Hex.encodeHexString(digest.digest());
    }

    private boolean isMissing(String query, String name) {
        return server.sql(query).param(name).query().listOfRows().isEmpty();
    }

    private void execute(String ddl) {
        server.sql(ddl).update();
    }
}
