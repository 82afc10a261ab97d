package com.fuse.users.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import com.fuse.users.exit.ExitCode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The alerts use metrics that the program pushes, and each has a section in the runbook. src/test/monitoring/run.sh
 * shows with promtool that they fire when they should.
 */
class AlertsTest {

    private static final Path RULES = Path.of("jobs/components/alerts/rules.yaml");
    private static final Path RUNBOOK = Path.of("jobs/RUNBOOK.md");

    private final List<Map<String, ?>> rules;
    private final String runbook = Files.readString(RUNBOOK);

    AlertsTest() throws IOException {
        try (Reader reader = Files.newBufferedReader(RULES)) {
            Map<String, Map<String, List<Map<String, List<Map<String, ?>>>>>> resource = new Yaml().load(reader);
            rules = resource.getOrDefault("spec", Map.of()).getOrDefault("groups", List.of()).stream()
                    .flatMap(group -> group.getOrDefault("rules", List.of()).stream())
                    .toList();
        }
    }

    @Test
    void coverEveryCondition() {
        assertThat(alerts().map(AlertsTest::name))
                .containsExactlyInAnyOrder(
                        "FuseUsersRunFailed",
                        "FuseUsersNightlyOverdue",
                        "FuseUsersPurgeOverdue",
                        "FuseUsersGuardTripped",
                        "FuseUsersRunDeviates",
                        "FuseUsersManySkips",
                        "FuseUsersRunWaited",
                        "FuseUsersRunSlow",
                        "FuseUsersMetricsMissing");
    }

    @Test
    void useOnlyMetricsAndLabelsThatExist(@TempDir Path folder) throws IOException {
        Set<String> recorded = rules.stream()
                .filter(rule -> rule.containsKey("record"))
                .map(rule -> (String) rule.get("record"))
                .collect(Collectors.toSet());
        List<String> expressions =
                rules.stream().map(rule -> String.valueOf(rule.get("expr"))).toList();

        KnownMetrics.of(folder).assertKnows(expressions, recorded);
    }

    @Test
    void haveASummaryADescriptionASeverityAndARunbookSection() {
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.get("annotations"))
                    .asInstanceOf(map(String.class, String.class))
                    .containsOnlyKeys("summary", "description", "runbook_url")
                    .containsEntry(
                            "runbook_url",
                            "https://git.example.org/fuse-users/" + RUNBOOK + "#"
                                    + name(alert).toLowerCase(Locale.ROOT))
                    .allSatisfy((key, text) -> assertThat(text).isNotBlank());
            assertThat(alert.get("labels")).isIn(Map.of("severity", "critical"), Map.of("severity", "warning"));
        });
    }

    @Test
    void areAllInTheRunbook() {
        List<String> headings = headings("###");
        assertThat(headings)
                .filteredOn(heading -> heading.startsWith("FuseUsers"))
                .containsExactlyInAnyOrderElementsOf(
                        alerts().map(AlertsTest::name).toList());
        for (String alert : alerts().map(AlertsTest::name).toList()) {
            assertThat(section(alert)).contains("**Means**", "**Look at**", "**Do**");
        }
    }

    @Test
    void shareTheRunbookWithAllExitCodes() {
        assertThat(headings("###"))
                .filteredOn(heading -> heading.startsWith("Exit "))
                .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                        .map(exitCode -> "Exit " + exitCode.status())
                        .toList());
        for (ExitCode exitCode : ExitCode.values()) {
            assertThat(section("Exit " + exitCode.status()).replace('\n', ' ').replace("`", ""))
                    .contains("**Means** " + exitCode.meaning().replace("\"", "") + ".", "**Look at**", "**Do**");
        }
    }

    private Stream<Map<String, ?>> alerts() {
        return rules.stream().filter(rule -> rule.containsKey("alert"));
    }

    private static String name(Map<String, ?> alert) {
        return String.valueOf(alert.get("alert"));
    }

    private List<String> headings(String level) {
        return runbook.lines()
                .filter(line -> line.startsWith(level + " "))
                .map(line -> line.substring(level.length() + 1))
                .toList();
    }

    private String section(String heading) {
        return runbook.lines()
                .dropWhile(line -> !line.equals("### " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
    }
}
