package com.fuse.users.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A dry run reports what the run would do and changes nothing. A dry run and a run do not affect each other. */
@ExtendWith(TestPlatform.class)
class PlanTest {

    private final World world;
    private final FuseUsers fuseUsers;
    private String input = "";
    private Map<String, List<String>> before = Map.of();

    PlanTest(World world, FuseUsers fuseUsers) {
        this.world = world;
        this.fuseUsers = fuseUsers;
    }

    @BeforeEach
    void makeAnInputWithEveryOutcome() {
        input = EveryOutcome.make(world, fuseUsers);
        before = world.platform();
    }

    @Test
    void decidesTheSameAsTheRun() {
        FuseUsers.Result plan = fuseUsers
                .run("deactivate", "--dry-run", "--max-bad-percent=100", input)
                .exits(4);

        assertThat(world.platform()).isEqualTo(before);
        assertThat(fuseUsers
                        .run("deactivate", "--yes", "--max-bad-percent=100", input)
                        .exit())
                .isEqualTo(plan.exit());
        assertThat(world.platform()).isNotEqualTo(before);
        assertThat(fuseUsers.outcomesText(1)).isEqualTo(fuseUsers.outcomesText(2));
        assertThat(fuseUsers.reportText(1, "skipped.csv")).isEqualTo(fuseUsers.reportText(2, "skipped.csv"));
        assertThat(fuseUsers.summary(1).get("outcomes"))
                .isEqualTo(fuseUsers.summary(2).get("outcomes"));
    }

    @Test
    void countsTheSameDeletedRowsAsTheRun() {
        fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", input);
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input).exits(4);

        Map<String, List<String>> after = world.rows(World.DELETED);
        List<String> deleted = World.DELETED.stream()
                .map(table -> table + " "
                        + (before.getOrDefault(table, List.of()).size()
                                - after.getOrDefault(table, List.of()).size()))
                .toList();
        assertThat(deleted).isEqualTo(EveryOutcome.DELETED_ROWS);
        assertThat(deletedRows(1)).isEqualTo(EveryOutcome.DELETED_ROWS);
        assertThat(deletedRows(2)).isEqualTo(EveryOutcome.DELETED_ROWS);
    }

    @Test
    void reportsNoRemovedMembership() {
        fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", input);

        assertThat(fuseUsers.reportText(1, "removed-memberships.csv")).isEqualTo("user_id,community_id\n");
        assertThat(fuseUsers.summary(1)).contains(entry("dry_run", true), entry("state", "COMPLETED"));
    }

    @Test
    void isCompleteIfTheGuardRefusesAndExitsLikeTheRun() {
        FuseUsers.Result plan =
                fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", "--max-users", "2", input);
        FuseUsers.Result run = fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", "--max-users", "2", input);

        plan.exits(77);
        run.exits(77);
        assertThat(plan.err())
                .isEqualTo(
                        "fuse-users: 3 users would be deactivated, more than --max-users 2; check the input, or raise"
                                + " the limit\n")
                .isEqualTo(run.err());
        assertThat(world.platform()).isEqualTo(before);
        assertThat(fuseUsers.summary(1)).contains(entry("rows", 17), entry("exit_code", 77));
        assertThat(deletedRows(1)).isEqualTo(EveryOutcome.DELETED_ROWS);

        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input);

        assertThat(fuseUsers.outcomesText(1)).isEqualTo(fuseUsers.outcomesText(3));
    }

    @Test
    void exitsWith77EvenIfSkipsAreAccepted() {
        fuseUsers
                .run("deactivate", "--dry-run", "--max-bad-percent=100", "--accept-skips", "--max-users", "2", input)
                .exits(77);

        fuseUsers
                .run("deactivate", "--dry-run", "--max-bad-percent=100", "--accept-skips", input)
                .exits(0);
    }

    @Test
    void doesNotCountAsACompletedRunOfItsInput() {
        fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", input);

        FuseUsers.Result run = fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input);

        assertThat(run.out())
                .startsWith(fuseUsers.opened(2) + "deactivate " + input + "\n")
                .doesNotContain("completed before");
    }

    @Test
    void isNotResumedByTheRunIfItFailed() {
        world.breakChunks();
        fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", input).exits(1);
        world.mendChunks();

        FuseUsers.Result run = fuseUsers
                .run("deactivate", "--yes", "--max-bad-percent=100", input)
                .exits(4);

        assertThat(run.out()).startsWith(fuseUsers.opened(2) + "deactivate " + input + "\n");
        assertThat(world.texts("select id || ' ' || (ended_at is null) from fuse_batch.runs order by id"))
                .containsExactly("1 true", "2 false");

        FuseUsers.Result plan = fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", input);

        assertThat(plan.out()).startsWith(fuseUsers.opened(1) + "deactivate --dry-run " + input + ", resumed");
        plan.exits(4);
    }

    @Test
    void doesNotResumeAFailedRun() {
        world.breakChunks();
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input).exits(1);
        world.mendChunks();

        FuseUsers.Result plan = fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", input);
        FuseUsers.Result run = fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input);

        assertThat(plan.out()).startsWith(fuseUsers.opened(2) + "deactivate --dry-run " + input + "\n");
        assertThat(run.out()).startsWith(fuseUsers.opened(1) + "deactivate " + input + ", resumed");
        run.exits(4);
        assertThat(fuseUsers.summary(1)).contains(entry("attempts", 2), entry("dry_run", false));
        assertThat(fuseUsers.outcomesText(1)).isEqualTo(fuseUsers.outcomesText(2));
    }

    private List<String> deletedRows(long run) {
        Map<?, ?> rows = (Map<?, ?>) fuseUsers.summary(run).getOrDefault("deleted_rows", Map.of());
        return rows.entrySet().stream()
                .map(step -> step.getKey() + " " + step.getValue())
                .toList();
    }
}
