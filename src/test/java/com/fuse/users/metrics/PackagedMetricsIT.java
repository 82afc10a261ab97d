package com.fuse.users.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import com.fuse.users.metrics.MetricsServer.Push;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar contains every class that pushing loads; tests on the test class path cannot show this. */
class PackagedMetricsIT {

    @Test
    void thePackagedProgramPushes(@TempDir Path folder) throws Exception {
        try (TestDatabase database = TestDatabase.create();
                MetricsServer server = new MetricsServer(folder)) {
            new World(database).user(1);
            ProcessBuilder program = FuseUsers.installed(database, folder)
                    .process("deactivate", "--yes", "--user", "1")
                    .redirectOutput(folder.resolve("out.txt").toFile());
            program.environment().put("MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_ENABLED", "true");
            program.environment().put("MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_ADDRESS", server.address());

            Process process = program.start();
            String complained = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(complained).isEmpty();
            assertThat(process.waitFor()).isZero();
            assertThat(server.pushes())
                    .extracting(Push::path)
                    .containsExactly("/metrics/job/fuse-users/command/deactivate/dry_run/false");
        }
    }
}
