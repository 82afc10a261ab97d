package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.run.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The list of runs says what each run did, by whom, and which runs undid it. Its filters and its gaps. */
@ExtendWith(TestPlatform.class)
record RunsListTest(World world, FuseUsers fuseUsers) {

    @Test
    void saysWhatEachRunChangedAndSkippedByWhomAndWhichRunUndidIt() {
        world.users(1, 3);
        fuseUsers.run("deactivate", "--yes", "--reason", "CHG-1", fuseUsers.input("a.csv", "1", "2", "9"));
        fuseUsers.run("undo", "--yes", "1").exits(0);

        assertThat(rows("runs"))
                .containsExactly(
                        "2 COMPLETED 0 2 2 0 " + me() + " undo run 1",
                        "1 COMPLETED 4 3 2 1 2 " + me() + " deactivate a.csv CHG-1");
        List<Map<String, Object>> json =
                JsonMapper.shared().readValue(fuseUsers.run("runs", "--json").out(), new TypeReference<>() {});
        assertThat(json.get(1))
                .contains(
                        entry("changes", 2),
                        entry("skips", 1),
                        entry("undone_by", List.of(2)),
                        entry("reason", "CHG-1"));
    }

    @Test
    void countsAFailedRunAsFarAsItWent() {
        world.users(1, 3);
        world.breakChunksAfter(1);
        fuseUsers
                .run(
                        "deactivate",
                        "--yes",
                        "--chunk-size",
                        "2",
                        "--partitions",
                        "1",
                        fuseUsers.input("a.csv", "1", "2", "3"))
                .exits(1);

        assertThat(rows("runs")).containsExactly("1 FAILED 3 2 0 " + me() + " deactivate a.csv");
        assertThat(world.count("select count(*) from fuse_batch.runs where changed_users is not null"))
                .isZero();
    }

    @Test
    void runsListIsTheSame() {
        world.user(1);
        fuseUsers.run("deactivate", "--yes", "--user", "1");

        assertThat(fuseUsers.run("runs", "list").exits(0)).isEqualTo(fuseUsers.run("runs"));
        assertThat(fuseUsers.run("runs", "list", "--count", "0").exits(64).err())
                .startsWith("fuse-users: --count must be 1 or more, not 0");
    }

    @Test
    void listsTheRunsOfACommandSinceATime() {
        world.users(1, 2);
        fuseUsers.run("deactivate", "--yes", "--user", "1");
        fuseUsers.run("reactivate", "--yes", "--user", "1");
        world.execute("update fuse_batch.runs set started_at = '2026-03-04 05:06:07Z' where id = 1");

        assertThat(rows("runs", "--command", "deactivate"))
                .singleElement()
                .asString()
                .startsWith("1 ");
        assertThat(rows("runs", "--since", "1d")).singleElement().asString().startsWith("2 ");
        assertThat(rows("runs", "--since", "2026-03-04")).hasSize(2);
        assertThat(rows("runs", "--since", "2026-03-04T05:06:07Z")).hasSize(2);
        assertThat(rows("runs", "--since", "2026-03-04T05:06:08Z")).hasSize(1);
        assertThat(rows("runs", "--since", Instant.now().plusSeconds(60).toString()))
                .isEmpty();
        assertThat(fuseUsers.run("runs", "--since", "yesterday").exits(64).err())
                .contains("'yesterday' is not a duration");
        assertThat(fuseUsers.run("runs", "--since", "2026-13-01").exits(64).err())
                .contains("'2026-13-01' is not a time such as 2026-11-29, 2026-11-29T02:30:00Z, 7d or 12h");
        assertThat(fuseUsers.run("runs", "--command", "delete").exits(64).err())
                .contains("'delete' is not one of deactivate, reactivate, undo, reissue-certificates");
    }

    @Test
    void tellsNumbersThatWereLostFromRunsThatWerePurged() {
        world.users(1, 5);
        fuseUsers.run("deactivate", "--yes", "--user", "1");
        fuseUsers.run("deactivate", "--yes", "--user", "2");
        fuseUsers.run("deactivate", "--yes", "--user", "3");
        world.execute("update fuse_batch.runs set started_at = '2020-01-01Z', ended_at = '2020-01-02Z' where id = 2");
        fuseUsers.run("runs", "purge", "--older-than", "365d", "--yes").exits(0);
        world.count("select nextval('fuse_batch.runs_id_seq')");
        world.count("select nextval('fuse_batch.runs_id_seq')");
        fuseUsers.run("deactivate", "--yes", "--user", "4");

        assertThat(fuseUsers.run("runs").out().lines().skip(5))
                .containsExactly(
                        "Purged: run 2",
                        "No record of: run 4 to 5; a start that is rolled back, or a crash of the server, loses numbers");
        assertThat(fuseUsers.run("runs", "show", "5").exits(64).err())
                .isEqualTo(
                        "fuse-users: there is no record of run 5; a start that is rolled back, or a crash of the server, loses"
                                + " numbers\n");
        assertThat(fuseUsers.run("runs", "show", "7").exits(64).err())
                .isEqualTo("fuse-users: there is no run 7; \"runs\" lists them\n");
    }

    @Test
    void namesPurgedRunsThatAreOlderThanEveryListedRun() {
        world.users(1, 3);
        fuseUsers.run("deactivate", "--yes", "--user", "1");
        fuseUsers.run("deactivate", "--yes", "--user", "2");
        fuseUsers.run("runs", "purge", "--older-than", "0d", "--yes").exits(0);

        assertThat(fuseUsers.run("runs").out()).endsWith("\nPurged: run 1 to 2\n");
        fuseUsers.run("deactivate", "--yes", "--user", "3");
        assertThat(fuseUsers.run("runs").out()).endsWith("\nPurged: run 1 to 2\n");
        assertThat(fuseUsers.run("runs", "--count", "1").out()).doesNotContain("Purged");
        assertThat(fuseUsers.run("runs", "--state", "completed").out()).doesNotContain("Purged");
    }

    @Test
    void showsTheNewestRunIfNoneIsNamed() {
        assertThat(fuseUsers.run("runs", "show").exits(64).err()).isEqualTo("fuse-users: there is no run yet\n");
        world.users(1, 2);
        fuseUsers.run("deactivate", "--yes", "--user", "1");
        fuseUsers.run("deactivate", "--yes", "--user", "2");

        assertThat(fuseUsers.run("runs", "show").exits(0)).isEqualTo(fuseUsers.run("runs", "show", "2"));
    }

    private static String me() {
        return Actor.ofThisProcess().describe();
    }

    /** The lines of the list with one blank between two cells, without times, durations and the folder of the input. */
    private List<String> rows(String... command) {
        List<String> rows = new ArrayList<>();
        fuseUsers
                .run(command)
                .exits(0)
                .out()
                .lines()
                .skip(2)
                .forEach(line -> rows.add(line.replaceAll(" +", " ")
                        .replaceFirst(" \\d{4}-\\d\\d-\\d\\dT[0-9:]+Z", "")
                        .replaceFirst(" [0-9,]+\\.\\d", "")
                        .replaceFirst("/\\S*/", "")));
        return rows;
    }
}
