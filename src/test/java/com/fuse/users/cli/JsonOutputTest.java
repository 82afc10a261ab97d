package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** With --json, standard output has the summary of each run and nothing else. */
@ExtendWith(TestPlatform.class)
record JsonOutputTest(World world, Path folder, FuseUsers fuseUsers) {

    @Test
    void printsTheSummaryOfTheReport() {
        world.user(1);

        FuseUsers.Result result =
                fuseUsers.run("deactivate", "--yes", "--json", "--user", "1").exits(0);

        assertThat(result.out()).isEqualTo(fuseUsers.reportText(1, "summary.json"));
        assertThat(result.err())
                .contains(fuseUsers.opened(1))
                .contains("  DEACTIVATED                                 1\n")
                .contains("Report: " + folder.resolve("reports/run-1"));
    }

    @Test
    void printsALinePerFileOfAFolder() {
        world.users(1, 2);
        folder.resolve("inbox").toFile().mkdirs();
        fuseUsers.input("inbox/a.csv", "1");
        fuseUsers.input("inbox/b.csv", "2", "9");

        FuseUsers.Result result = fuseUsers
                .run("deactivate", "--yes", "--json", folder.resolve("inbox").toString())
                .exits(4);

        assertThat(result.out().lines().map(line -> (Map<String, Object>) read(line)))
                .satisfiesExactly(
                        first -> assertThat(first).contains(entry("run", 1), entry("exit_code", 0)),
                        second -> assertThat(second).contains(entry("run", 2), entry("exit_code", 4)));
    }

    @Test
    void printsTheSummaryOfARefusedAndOfAFailedRun() {
        world.user(1);

        String refused = fuseUsers
                .run("deactivate", "--yes", "--json", "--max-users", "0", "--user", "1")
                .exits(77)
                .out();
        world.breakChunks();
        String failed = fuseUsers
                .run("deactivate", "--yes", "--json", "--user", "1")
                .exits(1)
                .out();

        assertThat(read(refused)).contains(entry("state", "REFUSED"), entry("exit_code", 77));
        assertThat(read(failed)).contains(entry("state", "FAILED")).containsEntry("exit_code", null);
        assertThat(List.of(refused, failed))
                .allSatisfy(json -> assertThat(json.lines()).hasSize(1));
    }

    private static Map<String, Object> read(String json) {
        return JsonMapper.shared().readValue(json, new TypeReference<>() {});
    }
}
