package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Logs are JSON if the setting says so, as in a container. Every line of every thread has the number of its run. The
 * output for people does not change.
 */
@ExtendWith(TestPlatform.class)
record JsonLogsTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash"})
    void everyLineIsAnObjectWithTheRun(String format) throws Exception {
        world.users(1, 4);
        // The chunk's connection breaks, so that a retry is logged; then a timer logs how far it has come.
        List<Map<String, Object>> lines = linesOfATroubledRun(format);

        assertThat(lines).hasSizeGreaterThanOrEqualTo(2).allSatisfy(line -> assertThat(line)
                .containsEntry("run", "1"));
        assertThat(lines)
                .extracting(line -> String.valueOf(line.get("message")))
                .anyMatch(message -> message.contains("trying again"))
                .anyMatch(message -> message.startsWith("Deactivating: "));
        assertThat(lines)
                .extracting(Object::toString)
                .anyMatch(line -> line.contains("partition-"))
                .anyMatch(line -> line.contains("main"));
        assertThat(Files.readString(folder.resolve("out.txt"))).startsWith(fuseUsers.opened(1) + "deactivate ");
    }

    @Test
    void noLineContainsAControlCharacter() throws Exception {
        world.users(1, 2);
        world.execute("create function test_sessions.tell() returns trigger language plpgsql as $$ begin"
                + " raise exception 'red \u001b[31m, reversed \u202e, tab \t and a line\n{\"log.level\":\"INFO\"}'"
                + " using errcode = 'XX000'; end $$");
        world.execute("create trigger tell before update on users for each row execute function test_sessions.tell()");

        Process process = start("ecs", "debug");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(1);
        List<Map<String, Object>> lines = lines();
        assertThat(lines).isNotEmpty();
        assertThat(lines)
                .extracting(Object::toString)
                .anyMatch(line -> line.contains("red ?[31m, reversed ?, tab "))
                .noneMatch(line -> line.codePoints()
                        .anyMatch(c ->
                                c != '\n' && (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)));
    }

    /** An error before the database is reached. */
    @Test
    void theLogOfACommandThatCannotStartIsJsonToo() throws Exception {
        Process process = run("ecs", "deactivate", "--yes", "absent.csv");

        assertThat(process.exitValue()).isEqualTo(66);
        assertThat(lines()).singleElement().satisfies(line -> assertThat(line.get("message"))
                .asString()
                .startsWith("Metrics were not pushed to the Pushgateway at localhost:1: "));
        assertThat(folder.resolve("out.txt")).isEmptyFile();
    }

    @Test
    void anEmptyFormatIsTheFormatForATerminal() throws Exception {
        run("", "deactivate", "--yes", "absent.csv");

        assertThat(err().lines()).last().asString().matches("\\S+ WARN {2}Metrics were not pushed .*");
    }

    /** With a Pushgateway that is not there, which is logged. */
    private Process run(String format, String... command) throws Exception {
        ProcessBuilder builder = builder(format, command);
        builder.environment().put("MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_ENABLED", "true");
        builder.environment().put("MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_ADDRESS", "localhost:1");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process;
    }

    private List<Map<String, Object>> linesOfATroubledRun(String format) throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 1 for update");
            Process process = start(format, "info");
            try {
                other.awaitBlocked(1);
                other.terminateBlocked();
                await().atMost(Duration.ofSeconds(60)).until(() -> err().contains("Deactivating: "));
                other.close();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.exitValue()).isZero();
        }
        return lines();
    }

    /** By the program's own logging configuration, which the tests' stands in for otherwise. */
    private ProcessBuilder builder(String format, String... command) {
        ProcessBuilder builder = fuseUsers
                .process(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().put("LOGGING_CONFIG", "classpath:logback-spring.xml");
        builder.environment().put("LOGGING_STRUCTURED_FORMAT_CONSOLE", format);
        return builder;
    }

    private Process start(String format, String level) throws IOException {
        ProcessBuilder builder = builder(format, "deactivate", "--yes", "--user", "1", "--user", "2");
        builder.environment().put("LOGGING_LEVEL_COM_FUSE_USERS", level);
        // Spring Batch logs the end of a step on the thread that it was worked on.
        builder.environment().put("LOGGING_LEVEL_ORG_SPRINGFRAMEWORK_BATCH", "info");
        return builder.start();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }

    private List<Map<String, Object>> lines() throws IOException {
        return err().lines()
                .filter(line -> !line.startsWith("fuse-users: "))
                .map(line -> JsonMapper.shared().readValue(line, new TypeReference<Map<String, Object>>() {}))
                .toList();
    }
}
