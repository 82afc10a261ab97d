package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.cli.options.ReportDirOption;
import com.fuse.users.jobs.Manifests.Workload;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimVolumeSource;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The toolbox waits for commands, and each command finds the volumes without an option. */
class ToolboxTest {

    static Stream<V1Deployment> deployments() {
        return Manifests.OVERLAYS.stream().flatMap(overlay -> Manifests.toolboxes(overlay).stream());
    }

    static Stream<Workload> toolboxes() {
        return Manifests.workloads().filter(workload -> workload.name().equals("fuse-users-toolbox"));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void itRunsOnlyWhileAPersonNeedsIt(V1Deployment deployment) {
        V1DeploymentSpec spec = deployment.getSpec();

        assertThat(deployment.getMetadata().getName()).isEqualTo("fuse-users-toolbox");
        assertThat(spec.getReplicas()).isZero();
        assertThat(spec.getStrategy().getType()).isEqualTo("Recreate");
        // A selector cannot be changed later, so it has no label that changes.
        assertThat(spec.getSelector().getMatchLabels()).isEqualTo(Map.of("app.kubernetes.io/component", "toolbox"));
    }

    /**
     * The image test runs it. Its first "kill" would end the processes of the test's own user, were it run without a
     * container.
     */
    @ParameterizedTest
    @MethodSource("toolboxes")
    void itWaitsAndPassesSigtermOnOnce(Workload toolbox) {
        assertThat(toolbox.container().getArgs()).isNullOrEmpty();
        assertThat(toolbox.container().getCommand()).containsExactly("sh", "-c", """
                stop() {
                  kill -s TERM -- -1
                  while kill -s 0 -- -1 2> /dev/null; do sleep 0.2; done
                  exit 0
                }
                trap stop TERM
                sleep infinity &
                wait
                """);
    }

    @ParameterizedTest
    @MethodSource("toolboxes")
    void aCommandFindsBothVolumesAndWritesToThem(Workload toolbox) {
        assertThat(toolbox.volume("input").getPersistentVolumeClaim())
                .isEqualTo(new V1PersistentVolumeClaimVolumeSource().claimName("fuse-users-input"));
        assertThat(toolbox.volume("reports").getPersistentVolumeClaim())
                .isEqualTo(new V1PersistentVolumeClaimVolumeSource().claimName("fuse-users-reports"));
        assertThat(toolbox.container().getVolumeMounts())
                .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .extracting(V1VolumeMount::getMountPath)
                .containsExactlyInAnyOrder("/tmp", "/input", "/reports");
        assertThat(Path.of(toolbox.container().getWorkingDir()).resolve(new ReportDirOption().path()))
                .isEqualTo(Path.of(toolbox.mount("reports").getMountPath()));
    }

    @ParameterizedTest
    @MethodSource("toolboxes")
    void itHasRoomForTwoCommandsAndForCopiesOfStandardInput(Workload toolbox) {
        assertThat(toolbox.container().getResources().getLimits())
                .containsEntry("memory", Quantity.fromString("1Gi"))
                .containsEntry("ephemeral-storage", Quantity.fromString("3Gi"));
        assertThat(toolbox.container().getEnv())
                .contains(
                        new V1EnvVar().name("FUSE_USERS_OPTS").value("-XX:MaxRAMPercentage=25"),
                        new V1EnvVar().name("LOGGING_STRUCTURED_FORMAT_CONSOLE").value(""));
        assertThat(toolbox.volume("tmp").getEmptyDir().getSizeLimit()).isEqualTo(Quantity.fromString("2Gi"));
    }
}
