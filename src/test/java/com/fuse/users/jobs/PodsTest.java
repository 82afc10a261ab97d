package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.jobs.Manifests.Workload;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of every pod of the program, in jobs and in the toolbox, that no schema checks. */
class PodsTest {

    private static final int IMAGE_USER = 10001;

    static Stream<Workload> workloads() {
        return Manifests.workloads();
    }

    static Stream<Workload> singlePods() {
        return workloads().filter(workload -> !isBulk(workload));
    }

    static Stream<Workload> bulkRuns() {
        return workloads().filter(PodsTest::isBulk);
    }

    private static boolean isBulk(Workload workload) {
        return workload.name().equals("fuse-users-bulk");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aPodHasOnlyTheRightsThatTheProgramNeeds(Workload workload) {
        V1PodSpec pod = workload.pod();
        V1Container container = workload.container();

        assertThat(pod.getContainers()).hasSize(1);
        assertThat(pod.getInitContainers()).isNullOrEmpty();
        assertThat(pod.getServiceAccountName()).isEqualTo("fuse-users");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).isFalse();
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getHostIPC()).isNull();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(IMAGE_USER);
        assertThat(pod.getSecurityContext().getRunAsGroup()).isEqualTo(IMAGE_USER);
        assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(IMAGE_USER);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getPrivileged()).isNull();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isNullOrEmpty();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void memoryIsLimitedToTheRequestAndProcessorTimeIsNotLimited(Workload workload) {
        Map<String, Quantity> requests = workload.container().getResources().getRequests();
        Map<String, Quantity> limits = workload.container().getResources().getLimits();

        assertThat(limits.get("memory")).isEqualTo(requests.get("memory"));
        assertThat(limits).doesNotContainKey("cpu");
        assertThat(requests).containsKeys("cpu", "ephemeral-storage");
        // A pod that writes more is evicted, so a full /tmp must fit.
        assertThat(limits.get("ephemeral-storage").getNumber())
                .isGreaterThan(temporaryFiles(workload).getNumber());
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void everyVolumeIsMountedOnceAndOnlyTheFoldersOfTheProgramAreWritable(Workload workload) {
        List<V1VolumeMount> mounts = workload.container().getVolumeMounts();

        assertThat(mounts)
                .extracting(V1VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(workload.pod().getVolumes().stream()
                        .map(V1Volume::getName)
                        .toList());
        assertThat(mounts)
                .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .extracting(V1VolumeMount::getMountPath)
                .contains("/tmp")
                .isSubsetOf("/tmp", "/reports", "/input");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void onlyTheMigrationGetsTheOwnersPassword(Workload workload) {
        String secret = workload.volume("database").getSecret().getSecretName();

        assertThat(secret)
                .isEqualTo(
                        workload.name().startsWith("fuse-users-migrate")
                                ? "fuse-users-database-owner"
                                : "fuse-users-database");
        assertThat(workload.mount("database").getMountPath()).isEqualTo("/etc/fuse-users");
        assertThat(workload.container().getEnvFrom()).isNullOrEmpty();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aPodHasTimeToStop(Workload workload) {
        // The program gives a database that does not answer up within a minute.
        assertThat(workload.pod().getTerminationGracePeriodSeconds()).isGreaterThan(60);
    }

    /** A volume that is on one node at a time would keep a pod on another node from starting. */
    @ParameterizedTest
    @MethodSource("singlePods")
    void aPodPrefersTheNodeOfTheOthers(Workload workload) {
        assertThat(workload.pod().getAffinity().getPodAffinity().getPreferredDuringSchedulingIgnoredDuringExecution())
                .singleElement()
                .satisfies(preferred -> {
                    assertThat(preferred.getPodAffinityTerm().getTopologyKey()).isEqualTo("kubernetes.io/hostname");
                    assertThat(workload.template().getMetadata().getLabels())
                            .containsAllEntriesOf(preferred
                                    .getPodAffinityTerm()
                                    .getLabelSelector()
                                    .getMatchLabels());
                });
    }

    /** So that the run survives the loss of a node. A pod that cannot start would keep the Job open. */
    @ParameterizedTest
    @MethodSource("bulkRuns")
    void thePodsOfABulkRunPreferDifferentNodes(Workload bulk) {
        assertThat(bulk.pod().getAffinity()).isNull();
        assertThat(bulk.pod().getTopologySpreadConstraints()).singleElement().satisfies(spread -> {
            assertThat(spread.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
            assertThat(spread.getMaxSkew()).isEqualTo(1);
            assertThat(spread.getWhenUnsatisfiable()).isEqualTo("ScheduleAnyway");
            assertThat(spread.getLabelSelector().getMatchLabels()).containsOnlyKeys("app.kubernetes.io/component");
            assertThat(bulk.template().getMetadata().getLabels())
                    .containsAllEntriesOf(spread.getLabelSelector().getMatchLabels());
        });
    }

    private static Quantity temporaryFiles(Workload workload) {
        return workload.volume("tmp").getEmptyDir().getSizeLimit();
    }
}
