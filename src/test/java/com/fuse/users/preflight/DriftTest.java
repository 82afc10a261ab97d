package com.fuse.users.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A run that is held to a plan has the input and the options of the plan, and marks every row whose outcome differs.
 */
@ExtendWith(TestPlatform.class)
class DriftTest {

    private final World world;
    private final FuseUsers fuseUsers;
    private String input = "";

    DriftTest(World world, FuseUsers fuseUsers) {
        this.world = world;
        this.fuseUsers = fuseUsers;
    }

    @BeforeEach
    void planFourUsers() {
        world.users(1, 3);
        world.admin(3, 2);
        world.inactiveUser(4, "2024-02-03T04:05:06Z");
        input = fuseUsers.input("leavers.csv", "user_id", "1", "2", "3", "4");
        fuseUsers.run("deactivate", "--dry-run", input).exits(4);
    }

    @Test
    void noRowIsMarkedIfNothingChanged() {
        FuseUsers.Result run =
                fuseUsers.run("deactivate", "--yes", "--plan", "1", input).exits(4);

        assertThat(run.out()).contains("\nEvery row came out as planned by run 1\n");
        assertThat(fuseUsers.outcomes(2))
                .containsExactly(
                        "line,input,user_id,outcome,community_ids,message,drift",
                        "2,1,1,DEACTIVATED,,,",
                        "3,2,2,DEACTIVATED,,,",
                        "4,3,3,COMMUNITY_ADMIN,2,\"admin of community 2; remove the admin role, or transfer it to another"
                                + " user, first\",",
                        "5,4,4,ALREADY_INACTIVE,,inactive since 2024-02-03T04:05:06Z,");
        assertThat(fuseUsers.summary(2)).contains(entry("plan", 1), entry("drift", 0));
    }

    @Test
    void aUserWhoBecameAdminAfterThePlanIsRefusedAndMarked() {
        world.admin(2, 3);

        FuseUsers.Result run =
                fuseUsers.run("deactivate", "--yes", "--plan", "1", input).exits(4);

        assertThat(run.out())
                .contains("\n1 row with another outcome than planned by run 1; see the column drift in outcomes.csv\n");
        assertThat(fuseUsers.outcomes(2))
                .contains(
                        "2,1,1,DEACTIVATED,,,",
                        "3,2,2,COMMUNITY_ADMIN,3,\"admin of community 3; remove the admin role, or transfer it to another"
                                + " user, first\",planned DEACTIVATED");
        assertThat(fuseUsers.summary(2)).contains(entry("drift", 1));
        assertThat(world.texts("select id::text from users where active order by id"))
                .containsExactly("2", "3");
    }

    @Test
    void everyRowIsDecidedAgainInBothDirections() {
        world.execute("delete from community_admins");
        world.execute("update users set active = true, deactivated_at = null where id = 4");

        fuseUsers.run("deactivate", "--yes", "--plan", "1", input).exits(0);

        assertThat(fuseUsers.outcomes(2))
                .contains(
                        "4,3,3,DEACTIVATED,,,planned COMMUNITY_ADMIN", "5,4,4,DEACTIVATED,,,planned ALREADY_INACTIVE");
        assertThat(fuseUsers.summary(2)).contains(entry("drift", 2));
        assertThat(fuseUsers.run("runs", "show", "2").out())
                .contains("\n2 rows with another outcome than planned by run 1;");
    }

    @Test
    void aRunWithoutAPlanHasNoDrift() {
        fuseUsers.run("deactivate", "--yes", input);

        assertThat(fuseUsers.outcomes(2).get(0)).isEqualTo("line,input,user_id,outcome,community_ids,message");
        assertThat(fuseUsers.summary(2)).containsEntry("drift", null).containsEntry("plan", null);
    }

    @Test
    void anotherInputWithTheSameNameIsRefused() {
        String other = fuseUsers.input("leavers.csv", "user_id", "1", "2", "3");

        assertRefused("run 1 is a plan of another input, ", "deactivate", "--yes", "--plan", "1", other);
    }

    @Test
    void theSameContentWithAnotherNameIsThePlannedInput() {
        String copy = fuseUsers.input("copy.csv", "user_id", "1", "2", "3", "4");

        fuseUsers.run("deactivate", "--yes", "--plan", "1", copy).exits(4);
        assertThat(fuseUsers.summary(2)).contains(entry("drift", 0));
    }

    @Test
    void aPlanOfAnotherCommandIsRefused() {
        assertRefused("run 1 is a plan of deactivate, not of reactivate;", "reactivate", "--yes", "--plan", "1", input);
    }

    @Test
    void aPlanWithOtherOptionsIsRefused() {
        String reason = "plan 1 was made by \"deactivate --dry-run\", with other options than this run;";
        assertRefused(reason, "deactivate", "--yes", "--plan", "1", "--column", "USER_ID", input);
        assertRefused(reason, "deactivate", "--yes", "--plan", "1", "--transfer-admin-to", "9", input);
    }

    @Test
    void aRunThatWasNoDryRunIsNoPlan() {
        fuseUsers.run("deactivate", "--yes", input);
        world.execute("update users set active = true, deactivated_at = null");

        assertRefused(
                "run 2 is not a plan, because it was not a dry run;", 2, "deactivate", "--yes", "--plan", "2", input);
        assertRefused("there is no run 3;", 2, "deactivate", "--yes", "--plan", "3", input);
    }

    @Test
    void anUnfinishedPlanIsRefused() {
        String other = fuseUsers.input("others.csv", "user_id", "1");
        world.breakChunks();
        fuseUsers.run("deactivate", "--dry-run", other).exits(1);
        world.mendChunks();

        assertRefused("plan 2 is not finished;", 2, "deactivate", "--yes", "--plan", "2", other);
    }

    @Test
    void aRefusedDryRunIsNoPlan() {
        String unreadable = fuseUsers.input("unreadable.csv", "user_id", "\"1");
        fuseUsers.run("deactivate", "--dry-run", unreadable).exits(65);

        assertRefused("run 2 has no record of what was planned;", 2, "deactivate", "--yes", "--plan", "2", unreadable);
    }

    @Test
    void aPlanOlderThanTheNewestMigrationIsRefused() {
        world.execute("update fuse_batch.flyway_schema_history set installed_on = installed_on + interval '1 second'"
                + " where installed_rank = (select max(installed_rank) from fuse_batch.flyway_schema_history)");

        assertRefused(
                "plan 1 is older than the newest migration of the schema;",
                "deactivate",
                "--yes",
                "--plan",
                "1",
                input);
    }

    @Test
    void aDryRunThatExceedsTheGuardIsAPlan() {
        fuseUsers.run("deactivate", "--dry-run", "--max-users", "1", input).exits(77);

        fuseUsers
                .run("deactivate", "--yes", "--plan", "2", "--max-users", "1", input)
                .exits(77);
        fuseUsers.run("deactivate", "--yes", "--plan", "2", input).exits(4);
        assertThat(fuseUsers.summary(4)).contains(entry("plan", 2), entry("drift", 0));
    }

    @Test
    void aResumedRunStaysHeldToItsPlan() {
        world.breakChunks();
        fuseUsers.run("deactivate", "--yes", "--plan", "1", input).exits(1);
        world.mendChunks();
        world.admin(2, 3);

        FuseUsers.Result resumed = fuseUsers.run("deactivate", "--yes", "--plan", "1", input);

        assertThat(resumed.out()).startsWith(fuseUsers.opened(2) + "deactivate --plan 1 " + input + ", resumed");
        assertThat(fuseUsers.summary(2)).contains(entry("drift", 1), entry("attempts", 2));
    }

    @Test
    void theDriftCanBeReportedAgain() {
        world.admin(2, 3);
        fuseUsers.run("deactivate", "--yes", "--plan", "1", input);
        List<String> outcomes = fuseUsers.outcomes(2);
        Map<String, Object> summary = fuseUsers.summary(2);

        fuseUsers.run("runs", "report", "2").exits(0);

        assertThat(fuseUsers.outcomes(2)).isEqualTo(outcomes);
        assertThat(fuseUsers.summary(2)).isEqualTo(summary);
    }

    private void assertRefused(String reason, String... command) {
        assertRefused(reason, 1, command);
    }

    private void assertRefused(String reason, long runs, String... command) {
        Map<String, List<String>> before = world.platform();

        FuseUsers.Result result = fuseUsers.run(command).exits(64);

        assertThat(result.err().lines()).singleElement().asString().startsWith("fuse-users: " + reason);
        assertThat(world.platform()).isEqualTo(before);
        assertThat(world.count("select count(*) from fuse_batch.runs")).isEqualTo(runs);
    }
}
