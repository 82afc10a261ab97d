package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The properties of the image that the manifests rely on, read from the files that it is built from. */
class ImageTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<String> dockerfile = Files.readAllLines(Path.of("Dockerfile"));

    ImageTest() throws IOException {}

    @Test
    void theImageRunsAsTheUserWhomTheManifestsName() {
        assertThat(dockerfile)
                .filteredOn(line -> line.startsWith("USER "))
                .last()
                .isEqualTo("USER 10001:10001");
    }

    @Test
    void theProgramReceivesTheSignals() {
        String entryPoint = dockerfile.stream()
                .filter(line -> line.startsWith("ENTRYPOINT "))
                .reduce((first, last) -> last)
                .orElseThrow();

        assertThat(JSON.readValue(entryPoint.substring("ENTRYPOINT ".length()), new TypeReference<List<String>>() {}))
                .containsExactly("/usr/local/bin/fuse-users");
    }

    @Test
    void everyBaseImageCanBeReplaced() {
        assertThat(dockerfile).filteredOn(line -> line.startsWith("FROM ")).allSatisfy(line -> assertThat(line)
                .matches("FROM (\\$\\{(BUILD|RUNTIME)_IMAGE}|application)( AS \\w+)?"));
    }

    @Test
    void theHeapIsHalfOfTheContainersMemory() {
        assertThat(dockerfile).contains("RUN echo '-XX:MaxRAMPercentage=50' >> /opt/fuse-users/lib/java.options \\");
    }

    @DisabledIfSystemProperty(
            named = "maven.mode",
            matches = "offline=true",
            disabledReason = "the list is made online alone")
    @Test
    void theListOfComponentsInTheJarHasTheNamesThatScannersLookFor() throws IOException {
        Map<String, Object> list = JSON.readValue(
                Files.readString(Path.of("target/classes/META-INF/sbom/application.cdx.json")),
                new TypeReference<>() {});

        assertThat(list).containsEntry("bomFormat", "CycloneDX");
        assertThat(list.get("components"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .extracting("name")
                .contains("postgresql", "spring-batch-core", "commons-csv", "flyway-core", "picocli");
    }
}
