package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fuse.users.jobs.Manifests.Workload;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster accepts the rendered {@code jobs/}: every field exists in the API and has the right type. */
class ManifestsTest {

    private static final Map<String, Model> MODELS = Map.of(
            "Namespace", new Model(V1Namespace.class, V1Namespace::validateJsonElement),
            "ServiceAccount", new Model(V1ServiceAccount.class, V1ServiceAccount::validateJsonElement),
            "PersistentVolumeClaim",
                    new Model(V1PersistentVolumeClaim.class, V1PersistentVolumeClaim::validateJsonElement),
            "NetworkPolicy", new Model(V1NetworkPolicy.class, V1NetworkPolicy::validateJsonElement),
            "CronJob", new Model(V1CronJob.class, V1CronJob::validateJsonElement),
            "Job", new Model(V1Job.class, V1Job::validateJsonElement));

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
    void theTwoPatchesOfAPodAreTheSame() throws IOException {
        Map<String, Object> job = document("jobs/pod/job.yaml");
        Map<String, Object> cronJob = document("jobs/pod/cron-job.yaml");

        assertThat(cronJob).extracting("spec.jobTemplate.spec").isEqualTo(job.get("spec"));
    }

    @Test
    void eachOverlayHasTheNightlyRunTheWeeklyPurgeTheBulkRunAndTheMigration() {
        assertThat(Manifests.OVERLAYS)
                .allSatisfy(overlay -> assertThat(Manifests.workloads(overlay).map(Workload::name))
                        .containsExactlyInAnyOrder(
                                "fuse-users-nightly", "fuse-users-purge", "fuse-users-bulk-", "fuse-users-migrate-"));
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

    @Test
    void noJobRunsAutomaticallyInDevelopment() {
        assertThat(Manifests.cronJobs("development")).isNotEmpty().allSatisfy(cronJob -> assertThat(
                        cronJob.getSpec().getSuspend())
                .isTrue());
        // Else each "apply" would undo what an operator suspended.
        assertThat(Manifests.cronJobs("production")).isNotEmpty().allSatisfy(cronJob -> assertThat(
                        cronJob.getSpec().getSuspend())
                .isNull());
    }

    @Test
    void productionHasTheAlerts() {
        assertThat(Manifests.resources("production"))
                .filteredOn(resource -> resource.get("kind").equals(FOREIGN))
                .singleElement()
                .extracting("metadata.name")
                .isEqualTo("fuse-users");
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
