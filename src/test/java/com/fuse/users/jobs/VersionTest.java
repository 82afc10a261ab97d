package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The program, its image, the manifests and the changelog have the same version. */
class VersionTest {

    private final String version = find("pom.xml", "</parent>.*?<version>([^<]+)</version>");

    @Test
    void theProgramHasAVersionThatIsPublished() {
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void theImageHasTheVersionAndTheDescriptionOfTheProgram() {
        assertThat(find("Dockerfile", "org\\.opencontainers\\.image\\.version=\"([^\"]+)\""))
                .isEqualTo(version);
        assertThat(find("Dockerfile", "org\\.opencontainers\\.image\\.description=\"([^\"]+)\""))
                .isEqualTo(find("pom.xml", "<description>([^<]+)</description>"));
    }

    @Test
    void productionRunsTheVersion() {
        assertThat(Manifests.workloads("production")
                        .map(workload -> workload.container().getImage())
                        .distinct())
                .containsExactly("registry.example.org/fuse/fuse-users:" + version);
    }

    @Test
    void theChangelogBeginsWithTheVersion() {
        assertThat(find("src/docs/changelog.md", "\\n## (\\S+)")).isEqualTo(version);
    }

    /** What the first group of the pattern finds first. */
    private static String find(String file, String pattern) {
        try {
            Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(Path.of(file)));
            assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
            return matcher.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
