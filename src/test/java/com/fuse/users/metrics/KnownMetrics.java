package com.fuse.users.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import com.fuse.users.metrics.MetricsServer.Push;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The metrics that an expression may ask for.
 *
 * @param pushed the names that the program pushes
 * @param labels the labels that they have, with the grouping key of the manifests
 */
record KnownMetrics(Set<String> pushed, Set<String> labels) {

    /** From kube-state-metrics. */
    private static final Set<String> KUBERNETES = Set.of(
            "kube_job_failed",
            "kube_job_created",
            "kube_cronjob_created",
            "kube_cronjob_status_last_successful_time",
            "kube_cronjob_spec_suspend");

    /** By the pushes of a completed run. */
    static KnownMetrics of(Path folder) throws IOException {
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
        return new KnownMetrics(pushed, labels);
    }

    /** @param recorded the names that rules record */
    void assertKnows(List<String> expressions, Set<String> recorded) {
        Set<String> asked = matches("\\b(?:fuse_users|kube)[\\w:]+", expressions);
        assertThat(asked)
                .hasSizeGreaterThan(10)
                .allMatch(name -> pushed.contains(name) || recorded.contains(name) || KUBERNETES.contains(name));
        for (String expression : expressions) {
            for (String selector : matches("\\bfuse_users_\\w+\\{[^}]*}", List.of(expression))) {
                assertThat(matches("\\w+(?=!?=)", List.of(selector.replaceAll("\"[^\"]*\"", ""))))
                        .isNotEmpty()
                        .isSubsetOf(labels);
            }
            if (!expression.contains("kube_")) {
                String lists = String.join(" ", matches("(?<=\\b(on|by) \\()[^)]*", List.of(expression)));
                assertThat(matches("\\w+", List.of(lists))).isSubsetOf(labels);
            }
        }
    }

    /** With the grouping key of the manifests. */
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

    private static Set<String> matches(String pattern, Collection<String> texts) {
        return texts.stream()
                .flatMap(text -> Pattern.compile(pattern).matcher(text).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
