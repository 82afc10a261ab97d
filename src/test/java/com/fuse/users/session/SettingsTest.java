package com.fuse.users.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings come from variables and from the files under {@code /etc/fuse-users/}, and from nowhere else. */
@ExtendWith(TestPlatform.class)
record SettingsTest(Path folder, FuseUsers fuseUsers) {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application.properties",
                "application.yml",
                "application.yaml",
                "application-default.properties",
                "config/application.properties",
                "config/application.yml",
                "config/any/application.properties"
            })
    void aFileInTheCurrentFolderIsNoSetting(String name) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                name.endsWith("properties")
                        ? "spring.datasource.hikari.connection-timeout = soon\n"
                        : "spring.datasource.hikari.connection-timeout: soon\n");

        assertListsNoRuns(fuseUsers.process("runs"));
    }

    @Test
    void aVariableDoesNotNameOtherFiles() throws Exception {
        Files.writeString(folder.resolve("other.properties"), "spring.datasource.hikari.connection-timeout = soon\n");
        ProcessBuilder process = fuseUsers.process("runs");
        process.environment().put("SPRING_CONFIG_LOCATION", "file:./other.properties");
        process.environment().put("SPRING_CONFIG_ADDITIONAL_LOCATION", "file:./other.properties");
        process.environment().put("SPRING_CONFIG_NAME", "other");

        assertListsNoRuns(process);
    }

    private void assertListsNoRuns(ProcessBuilder program) throws IOException, InterruptedException {
        Path errors = folder.resolve("err.txt");
        Path output = folder.resolve("out.txt");
        Process process = program.redirectError(errors.toFile())
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(errors)).isEmpty();
        assertThat(Files.readString(output)).startsWith(fuseUsers.line()).hasLineCount(2);
        assertThat(process.exitValue()).isZero();
    }
}
