package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import com.fuse.users.jobs.Manifests.Workload;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster accepts the rendered {@code jobs/}: every field exists in the API and has the right type. */
class ManifestsTest {

    private static final Map<String, Model> MODELS = Map.of(
            "ConfigMap", new Model(V1ConfigMap.class, V1ConfigMap::validateJsonElement),
            "CronJob", new Model(V1CronJob.class, V1CronJob::validateJsonElement),
            "Deployment", new Model(V1Deployment.class, V1Deployment::validateJsonElement),
            "Job", new Model(V1Job.class, V1Job::validateJsonElement),
            "Namespace", new Model(V1Namespace.class, V1Namespace::validateJsonElement),
            "NetworkPolicy", new Model(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement),
            "PersistentVolumeClaim",
                    new Model(V1PersistentVolumeClaim.class, V1PersistentVolumeClaim::validateJsonElement),
            "Secret", new Model(V1Secret.class, V1Secret::validateJsonElement),
            "Service", new Model(V1Service.class, V1Service::validateJsonElement),
            "ServiceAccount", new Model(V1ServiceAccount.class, V1ServiceAccount::validateJsonElement));

    /** Of Prometheus' operator, not of the API: promtool checks what is in it. */
    private static final String FOREIGN = "PrometheusRule";

    private record Model(Class<?> type, Validation validation) {}

    private interface Validation {
        void of(JsonElement resource) throws IOException;
    }

    static Stream<Path> folders() {
        return Manifests.folders();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyResourceConformsToTheApi(Path folder) {
        List<Map<String, Object>> resources = Manifests.render(folder);

        assertThat(resources).isNotEmpty();
        assertThat(resources)
                .filteredOn(resource -> !FOREIGN.equals(resource.get("kind")))
                .allSatisfy(resource -> {
                    JsonElement json = Manifests.json(resource);
                    assertThat(MODELS).containsKey((String) resource.get("kind"));
                    Model model = MODELS.get(resource.get("kind"));
                    assertThatCode(() -> model.validation().of(json)).doesNotThrowAnyException();
                    assertThatCode(() -> JSON.getGson().fromJson(json, model.type()))
                            .doesNotThrowAnyException();
                });
    }

    /** Without kubectl the tests read the files, which must give the same result. */
    @ParameterizedTest
    @MethodSource("folders")
    void readingTheFilesGivesTheSameAsKubectl(Path folder) {
        assertThat(ordered(Kustomization.render(folder))).isEqualTo(ordered(Manifests.render(folder)));
    }

    @Test
    void thePatchOfACronJobIsThatOfAPodWithThatOfAJob() throws IOException {
        Map<String, Object> both = document("jobs/pod/pod.yaml");
        Kustomization.merge(both, document("jobs/pod/job.yaml"));

        assertThat(ordered(document("jobs/pod/cron-job.yaml")))
                .extracting("spec.jobTemplate.spec")
                .isEqualTo(ordered(both.get("spec")));
    }

    @Test
    void theTwoPatchesForTlsAreTheSame() throws IOException {
        assertThat(document("jobs/components/database-tls/cron-job.yaml"))
                .extracting("spec.jobTemplate.spec")
                .isEqualTo(document("jobs/components/database-tls/pod.yaml").get("spec"));
    }

    @Test
    void eachOverlayHasTheNightlyRunTheWeeklyPurgeTheToolboxTheMigrationAndTheBulkRun() {
        assertThat(Manifests.OVERLAYS)
                .allSatisfy(overlay -> assertThat(Manifests.workloads(overlay).map(Workload::name))
                        .containsExactlyInAnyOrder(
                                "fuse-users-nightly",
                                "fuse-users-purge",
                                "fuse-users-migrate",
                                "fuse-users-toolbox",
                                "fuse-users-bulk"));
    }

    @Test
    void anOverlayHasOneImageAndOneNamespaceWithRestrictedPods() {
        assertThat(Manifests.OVERLAYS).allSatisfy(overlay -> {
            List<V1Namespace> namespaces = Manifests.resources(overlay, "Namespace", V1Namespace.class);
            assertThat(namespaces).hasSize(1);
            String namespace = namespaces.get(0).getMetadata().getName();
            assertThat(namespaces.get(0).getMetadata().getLabels())
                    .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
                    .containsEntry("pod-security.kubernetes.io/warn", "restricted")
                    .containsEntry("pod-security.kubernetes.io/audit", "restricted");
            assertThat(Manifests.resources(overlay))
                    .filteredOn(resource -> !resource.get("kind").equals("Namespace"))
                    .extracting("metadata.namespace")
                    .containsOnly(namespace);
            assertThat(Manifests.workloads(overlay)
                            .map(workload -> workload.container().getImage())
                            .distinct())
                    .singleElement()
                    .asString()
                    .matches(".+/fuse-users:.+")
                    .doesNotEndWith(":latest");
        });
    }

    /** Else each "apply" would undo what an operator suspended. */
    @Test
    void onlyTheNightlyRunOfProductionIsSuspendedUntilTheGuidesLastStep() {
        assertThat(Manifests.cronJobs("development"))
                .extracting(cronJob -> cronJob.getSpec().getSuspend())
                .containsExactly(true, true);
        assertThat(Manifests.cronJobs("production"))
                .extracting(cronJob -> cronJob.getMetadata().getName(), cronJob -> cronJob.getSpec()
                        .getSuspend())
                .containsExactlyInAnyOrder(tuple("fuse-users-nightly", true), tuple("fuse-users-purge", null));
    }

    /** "kubectl delete -k" and a pruning controller would delete the reports with them. */
    @Test
    void theNamespaceAndTheClaimsAreNotDeletedWithTheJobs() {
        assertThat(Manifests.OVERLAYS).allSatisfy(overlay -> {
            assertThat(Manifests.render(Path.of("jobs", "overlays", overlay)))
                    .extracting("kind")
                    .doesNotContain("Namespace", "PersistentVolumeClaim", "Secret");
            assertThat(Manifests.render(Path.of("jobs", "overlays", overlay, "foundation")))
                    .filteredOn(resource ->
                            Set.of("Namespace", "PersistentVolumeClaim").contains((String) resource.get("kind")))
                    .hasSize(3)
                    .extracting("metadata.annotations")
                    .containsOnly(Map.of(
                            "argocd.argoproj.io/sync-options", "Prune=false,Delete=false",
                            "kustomize.toolkit.fluxcd.io/prune", "disabled"));
        });
    }

    /** No other test renders it, because a cluster needs a storage class for it. */
    @Test
    void sharedVolumesLetPodsOfSeveralNodesReadTheInputAndWriteReports(@TempDir Path folder) throws IOException {
        Path jobs = folder.toRealPath().relativize(Path.of("jobs").toRealPath());
        Files.writeString(folder.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [%1$s/foundation]
                components: [%1$s/components/shared-volumes]
                """.formatted(jobs));

        List<Map<String, Object>> rendered = Manifests.render(folder.toRealPath());

        assertThat(ordered(Kustomization.render(folder.toRealPath()))).isEqualTo(ordered(rendered));
        assertThat(rendered)
                .filteredOn(resource -> resource.get("kind").equals("PersistentVolumeClaim"))
                .hasSize(2)
                .allSatisfy(claim -> {
                    assertThat(claim).extracting("spec.accessModes").isEqualTo(List.of("ReadWriteMany"));
                    assertThat(claim).extracting("spec.storageClassName").isEqualTo("shared");
                });
    }

    @Test
    void productionHasTheAlertsAndTheDashboard() {
        assertThat(Manifests.resources("production"))
                .filteredOn(resource -> resource.get("kind").equals(FOREIGN))
                .singleElement()
                .extracting("metadata.name")
                .isEqualTo("fuse-users");
        assertThat(Manifests.resources("production", "ConfigMap", V1ConfigMap.class))
                .singleElement()
                .satisfies(dashboard -> {
                    assertThat(dashboard.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
                    assertThat(dashboard.getData()).containsOnlyKeys("fuse-users.json");
                });
    }

    private static Map<String, Object> document(String file) throws IOException {
        return Kustomization.documents(Files.readString(Path.of(file))).get(0);
    }

    /** The order of keys, and of elements that have a name, means nothing. */
    private static Object ordered(Object node) {
        if (node instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> String.valueOf(entry.getKey()),
                            entry -> ordered(entry.getValue()),
                            (one, other) -> one,
                            TreeMap::new));
        }
        if (node instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map) {
            return list.stream()
                    .map(ManifestsTest::ordered)
                    .sorted(Comparator.comparing(Object::toString))
                    .toList();
        }
        return node;
    }
}
