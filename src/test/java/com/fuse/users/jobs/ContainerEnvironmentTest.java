package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import com.fuse.users.jobs.Manifests.Workload;
import com.fuse.users.metrics.MetricsServer;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program knows every setting of the image and the manifests. It would silently ignore a name that it does not
 * know.
 */
class ContainerEnvironmentTest {

    private static final String GATEWAY = "MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_ADDRESS";
    private static final String COMPONENT = "MANAGEMENT_PROMETHEUS_METRICS_EXPORT_PUSHGATEWAY_GROUPINGKEY_COMPONENT";
    private static final String TERMINATION_LOG = "FUSE_USERS_TERMINATION_LOG";
    private static final String TLS = "SPRING_DATASOURCE_HIKARI_DATASOURCEPROPERTIES_SSL";
    private static final Pattern LABEL = Pattern.compile("metadata\\.labels\\['(.+)']");
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    static Stream<Workload> workloads() {
        return Manifests.workloads();
    }

    static Stream<Workload> nights() {
        return workloads().filter(workload -> workload.name().equals("fuse-users-nightly"));
    }

    @ParameterizedTest
    @MethodSource("nights")
    void theProgramLogsPushesMetricsAndWritesTheTerminationMessageAsConfigured(Workload night, @TempDir Path folder)
            throws Exception {
        Path terminationLog = Files.createFile(folder.resolve("termination-log"));
        try (TestDatabase database = TestDatabase.create();
                MetricsServer server = new MetricsServer(folder)) {
            new World(database).user(1);
            ProcessBuilder program = new FuseUsers(database, folder)
                    .process("deactivate", "--yes", "--user", "1")
                    .redirectOutput(folder.resolve("out.txt").toFile())
                    .redirectError(folder.resolve("err.txt").toFile());
            program.environment().putAll(environment(night));
            // DatabaseTlsTest covers these.
            program.environment().keySet().removeIf(name -> name.startsWith(TLS));
            // The same names with the addresses of this test.
            program.environment().replace(GATEWAY, server.address());
            program.environment().replace(TERMINATION_LOG, terminationLog.toString());
            // Replaces the configuration of the tests, and logs something.
            program.environment().put("LOGGING_CONFIG", "classpath:logback-spring.xml");
            program.environment().put("LOGGING_LEVEL_ORG_SPRINGFRAMEWORK_BATCH", "info");

            assertThat(program.start().waitFor()).isZero();

            assertThat(server.pushes()).singleElement().satisfies(push -> assertThat(push.path())
                    .startsWith("/metrics/job/fuse-users/")
                    .contains(
                            "/command/deactivate",
                            "/dry_run/false",
                            "/namespace/" + night.overlay(),
                            "/component/nightly"));
            assertThat(json(Files.readString(terminationLog))).containsEntry("exit_code", 0);
            assertThat(Files.readAllLines(folder.resolve("err.txt")))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(json(line)).containsEntry("run", "1"));
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void everyPodHasTheSameEnvironmentAndItsOwnName(Workload workload) throws IOException {
        Map<String, String> night =
                environment(nights().filter(nightly -> nightly.overlay().equals(workload.overlay()))
                        .findFirst()
                        .orElseThrow());
        night.put(COMPONENT, workload.name().replaceFirst("^fuse-users-", ""));
        if (workload.name().equals("fuse-users-toolbox")) {
            // A person reads its logs; the command that ended last does not explain why the pod ends.
            night.put("LOGGING_STRUCTURED_FORMAT_CONSOLE", "");
            night.put("FUSE_USERS_OPTS", "-XX:MaxRAMPercentage=25");
            night.remove(TERMINATION_LOG);
        } else {
            // Kubernetes' default.
            assertThat(night).containsEntry(TERMINATION_LOG, "/dev/termination-log");
        }

        assertThat(environment(workload)).isEqualTo(night);
        assertThat(workload.container().getTerminationMessagePath()).isNull();
    }

    @Test
    void theNetworkPolicyAllowsTheNamespaceAndPortOfThePushgateway() {
        assertThat(nights()).allSatisfy(night -> {
            String[] hostAndPort = environment(night).getOrDefault(GATEWAY, "").split(":");
            assertThat(Manifests.resources(night.overlay(), "NetworkPolicy", V1NetworkPolicy.class).stream()
                            .flatMap(policy -> policy.getSpec().getEgress().stream())
                            .filter(way -> way.getPorts().stream()
                                    .anyMatch(port -> port.getPort().toString().equals(hostAndPort[1])))
                            .flatMap(way -> way.getTo().stream())
                            .map(to -> to.getNamespaceSelector().getMatchLabels()))
                    .containsExactly(
                            Map.of("kubernetes.io/metadata.name", hostAndPort[0].split("\\.")[1]));
        });
    }

    /** Of the image, and of the container on top of it. */
    private static Map<String, String> environment(Workload workload) throws IOException {
        Map<String, String> environment = new HashMap<>();
        Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(line -> line.startsWith("ENV "))
                .map(line -> line.substring("ENV ".length()).split("="))
                .forEach(variable -> environment.put(variable[0], variable[1]));
        for (V1EnvVar variable : workload.container().getEnv()) {
            environment.put(
                    variable.getName(),
                    variable.getValueFrom() == null ? variable.getValue() : field(workload, variable));
        }
        return environment;
    }

    private static String field(Workload workload, V1EnvVar variable) {
        String path = variable.getValueFrom().getFieldRef().getFieldPath();
        Matcher label = LABEL.matcher(path);
        if (label.matches()) {
            return workload.template().getMetadata().getLabels().get(label.group(1));
        }
        assertThat(path).isEqualTo("metadata.namespace");
        return workload.overlay();
    }

    private static Map<String, Object> json(String line) {
        return JsonMapper.shared().readValue(line, OBJECT);
    }
}
