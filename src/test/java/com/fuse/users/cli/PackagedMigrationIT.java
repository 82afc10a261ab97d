package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar contains every class that a migration loads; tests on the test class path cannot show this. */
class PackagedMigrationIT {

    @Test
    void thePackagedProgramMigratesAnEmptyDatabase(@TempDir Path folder) throws Exception {
        try (TestDatabase database = TestDatabase.createUnmigrated()) {
            ProcessBuilder migration =
                    FuseUsers.installed(database, folder).process("migrate").redirectErrorStream(true);
            migration.environment().put("SPRING_DATASOURCE_USERNAME", database.ownerUser());
            migration.environment().put("SPRING_DATASOURCE_PASSWORD", database.ownerPassword());

            Process process = migration.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(printed).endsWith("migrations applied; the schema is up to date\n");
            assertThat(process.waitFor()).isZero();
        }
    }
}
