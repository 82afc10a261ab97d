package com.fuse.users.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Grafana dashboard asks for metrics that exist, and leaves no gap. */
class DashboardTest {

    private static final Path DASHBOARD = Path.of("jobs/components/dashboard/fuse-users.json");

    private final JsonNode dashboard = JsonMapper.shared().readTree(DASHBOARD.toFile());

    @Test
    void everyPanelAsksForMetricsAndLabelsThatExist(@TempDir Path folder) throws IOException {
        List<String> expressions =
                dashboard.findValues("expr").stream().map(JsonNode::stringValue).toList();

        KnownMetrics.of(folder).assertKnows(expressions, Set.of());
    }

    @Test
    void everyFigureThatTheProgramPushesIsOnIt(@TempDir Path folder) throws IOException {
        String expressions = dashboard.findValues("expr").toString();

        assertThat(KnownMetrics.of(folder).pushed())
                .filteredOn(name -> name.startsWith("fuse_users_"))
                .allSatisfy(name -> assertThat(expressions).containsPattern("\\b" + name + "\\b"));
    }

    @Test
    void panelsHaveDifferentNumbersAndDoNotOverlap() {
        boolean[][] taken = new boolean[100][24];
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            numbers.add(panel.get("id").intValue());
            JsonNode place = panel.get("gridPos");
            for (int y = place.get("y").intValue();
                    y < place.get("y").intValue() + place.get("h").intValue();
                    y++) {
                for (int x = place.get("x").intValue();
                        x < place.get("x").intValue() + place.get("w").intValue();
                        x++) {
                    assertThat(taken[y][x])
                            .as("%s at %d, %d", panel.get("title"), x, y)
                            .isFalse();
                    taken[y][x] = true;
                }
            }
        }
        assertThat(numbers).doesNotHaveDuplicates().hasSameSizeAs(dashboard.get("panels"));
    }
}
