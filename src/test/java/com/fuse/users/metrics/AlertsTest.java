package com.fuse.users.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.metrics.MetricsServer.Push;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
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

    private static final Path RULES = Path.of("jobs/overlays/production/alerts.yaml");
    private static final Path RUNBOOK = Path.of("jobs/RUNBOOK.md");

    /** From kube-state-metrics. */
    private static final Set<String> KUBERNETES_METRICS = Set.of(
            "kube_job_failed",
            "kube_job_created",
            "kube_cronjob_created",
            "kube_cronjob_status_last_successful_time",
            "kube_cronjob_spec_suspend");

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
                        "FuseUsersGuardTripped",
                        "FuseUsersManySkips",
                        "FuseUsersRunSlow",
                        "FuseUsersMetricsMissing");
    }

    @Test
    void useOnlyMetricsAndLabelsThatTheProgramPushes(@TempDir Path folder) throws IOException {
        Set<String> pushed = new TreeSet<>();
        Set<String> labels = new TreeSet<>();
        for (Push push : push(folder)) {
            // Names and values in turn.
            labels.addAll(matches(
                    "\\w+(?=/[^/]+(/[^/]+/[^/]+)*$)", List.of(push.path().replaceFirst("/metrics/", ""))));
            for (String sample : push.samples().keySet()) {
                pushed.add(sample.replaceAll("\\{.*", ""));
                labels.addAll(matches("\\w+(?==\")", List.of(sample)));
            }
        }
        Set<String> recorded = rules.stream()
                .filter(rule -> rule.containsKey("record"))
                .map(rule -> (String) rule.get("record"))
                .collect(Collectors.toSet());

        List<String> expressions =
                rules.stream().map(rule -> String.valueOf(rule.get("expr"))).toList();
        Set<String> asked = matches("\\b(?:fuse_users|kube)[\\w:]+", expressions);
        assertThat(asked).hasSizeGreaterThan(10);
        assertThat(asked)
                .allMatch(
                        name -> pushed.contains(name) || recorded.contains(name) || KUBERNETES_METRICS.contains(name));
        for (String expression : expressions) {
            for (String selector : matches("\\bfuse_users_\\w+\\{[^}]*}", List.of(expression))) {
                assertThat(matches("\\w+(?==)", List.of(selector.replaceAll("\"[^\"]*\"", ""))))
                        .isNotEmpty()
                        .isSubsetOf(labels);
            }
            if (!expression.contains("kube_")) {
                String lists = String.join(" ", matches("(?<=\\b(on|by) \\()[^)]*", List.of(expression)));
                assertThat(matches("\\w+", List.of(lists))).isSubsetOf(labels);
            }
        }
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

    /** The pushes of a completed run, with the grouping key of the manifests. */
    private static List<Push> push(Path folder) throws IOException {
        try (TestDatabase database = TestDatabase.create();
                MetricsServer server = new MetricsServer(folder)) {
            new World(database).user(1);
            Map<String, String> settings = new HashMap<>(database.jobSettings());
            settings.put("management.prometheus.metrics.export.pushgateway.enabled", "true");
            settings.put("management.prometheus.metrics.export.pushgateway.address", server.address());
            settings.put("management.prometheus.metrics.export.pushgateway.grouping-key.namespace", "fuse-users");
            settings.put("management.prometheus.metrics.export.pushgateway.grouping-key.component", "nightly");
            new FuseUsers(database, folder).run(settings, "deactivate", "--yes", "--user", "1");
            return server.pushes();
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

    private static Set<String> matches(String pattern, List<String> texts) {
        return texts.stream()
                .flatMap(text -> Pattern.compile(pattern).matcher(text).results())
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
