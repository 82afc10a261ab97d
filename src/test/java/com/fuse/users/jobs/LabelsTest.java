package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The labels that tools read. */
class LabelsTest {

    private static final Map<String, String> COMMON = Map.of(
            "app.kubernetes.io/name", "fuse-users",
            "app.kubernetes.io/part-of", "fuse",
            "app.kubernetes.io/managed-by", "kustomize");
    private static final String VERSION = "app.kubernetes.io/version";

    @Test
    void everyPodHasTheCommonLabelsItsJobAndTheVersionOfItsImage() {
        assertThat(Manifests.workloads()).hasSize(10).allSatisfy(workload -> {
            String image = workload.container().getImage();
            Map<String, String> labels = new HashMap<>(COMMON);
            labels.put("app.kubernetes.io/component", workload.name().replace("fuse-users-", ""));
            labels.put(VERSION, image.substring(image.indexOf(':') + 1));
            assertThat(workload.template().getMetadata().getLabels()).isEqualTo(labels);
        });
    }

    @Test
    void everyObjectOfTheProgramHasTheCommonLabels() {
        assertThat(Manifests.render(Path.of("jobs", "overlays", "production")))
                .extracting("metadata.labels")
                .allSatisfy(labels -> assertThat(labels)
                        .asInstanceOf(MAP)
                        .containsAllEntriesOf(COMMON)
                        .containsEntry(VERSION, "1.0.0"));
        assertThat(Manifests.render(Path.of("jobs", "foundation")))
                .hasSize(5)
                .extracting("metadata.labels")
                .allSatisfy(labels -> assertThat(labels)
                        .asInstanceOf(MAP)
                        .containsAllEntriesOf(COMMON)
                        .doesNotContainKey(VERSION));
    }
}
