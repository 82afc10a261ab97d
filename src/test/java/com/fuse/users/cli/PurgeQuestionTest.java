package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.AnsweredCommand;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A purge lists what it would remove, and removes nothing that nobody has confirmed. */
@ExtendWith(TestPlatform.class)
class PurgeQuestionTest {

    private final World world;
    private final FuseUsers fuseUsers;
    private final EndedRuns ended;

    PurgeQuestionTest(World world, FuseUsers fuseUsers) {
        this.world = world;
        this.fuseUsers = fuseUsers;
        ended = new EndedRuns(world, fuseUsers);
    }

    @Test
    void theDryRunListsWhatThePurgeRemoves() {
        world.users(1, 2);
        fuseUsers.run(
                "deactivate", "--dry-run", "--partitions", "1", fuseUsers.input("plan.csv", "user_id", "1", "2", "2"));
        ended.age(1, "50 days");
        ended.complete("1", "40 days");
        ended.complete("2", "20 days");
        Map<String, List<String>> before = ended.records();
        String[] purge = {"runs", "purge", "--older-than", "30d", "--dry-run"};

        String planned = fuseUsers.run(purge).exits(0).out();

        assertThat(planned.lines()
                        .map(line -> line.replaceAll("20\\S+Z", "(time)").replaceAll(" +", " ")))
                .containsExactly(
                        fuseUsers.line().strip(),
                        "RUN ENDED ROWS RECORDS COMMAND",
                        "2 (time) 1 4 deactivate",
                        "1 (time) 3 9 deactivate --dry-run",
                        "Would purge 2 runs that ended before (time): 13 records");
        assertThat(ended.records()).isEqualTo(before);
        assertThat(fuseUsers.run(EndedRuns.PURGE).out().replaceAll("before \\S+", ""))
                .isEqualTo(planned.replace("Would purge", "Purged").replaceAll("before \\S+", ""));
        assertThat(ended.runs()).containsExactly("3");
    }

    @Test
    void namesTheRunsThatItKeeps() {
        world.user(1);
        ended.complete("1", "60 days");
        ended.complete("1", "50 days");
        ended.complete("1", "20 days");
        world.execute("update fuse_batch.runs set plan_run_id = id - 1 where id > 1");

        assertThat(fuseUsers.run(EndedRuns.PURGE).out().lines().skip(1).findFirst())
                .hasValue("Kept, because a run that is not purged undoes it or uses it as its plan, or its process is"
                        + " alive: run 2, run 1");
    }

    @Test
    void purgesNothingWithoutConfirmation() {
        ended.refused("1000 days");

        FuseUsers.Result purged =
                fuseUsers.run("runs", "purge", "--older-than", "30d").exits(77);

        assertThat(purged.out()).isEmpty();
        assertThat(purged.err())
                .isEqualTo("fuse-users: there is no terminal to confirm the purge on; see what it would remove by"
                        + " --dry-run, then run it again with --yes\n");
        assertThat(ended.runs()).containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource({"y, 0, 3", "YES, 0, 3", "n, 77, 1 2 3", "'', 77, 1 2 3", "yesterday, 77, 1 2 3"})
    void asksOnATerminal(String answer, int exit, String runs) throws IOException, InterruptedException {
        world.user(1);
        ended.complete("1", "50 days");
        ended.complete("1", "40 days");
        ended.complete("1", "20 days");

        AnsweredCommand answered = AnsweredCommand.run(fuseUsers, answer, "runs", "purge", "--older-than", "30d");

        assertThat(answered.shown())
                .contains("Purge 2 runs with 8 records on "
                        + fuseUsers.database()
                        + "? They can no longer be undone, shown or reported. [y/N] ");
        assertThat(answered.shown()
                        .contains("fuse-users: the purge was not confirmed; run it again and answer y, or use --yes"))
                .isEqualTo(exit == 77);
        assertThat(answered.exit()).isEqualTo(exit);
        assertThat(String.join(" ", ended.runs())).isEqualTo(runs);
    }

    @Test
    void asksNothingIfThereIsNothingToPurge() throws IOException, InterruptedException {
        world.user(1);
        ended.complete("1", "20 days");

        AnsweredCommand answered = AnsweredCommand.run(fuseUsers, "", "runs", "purge", "--older-than", "30d");

        assertThat(answered.shown())
                .startsWith(fuseUsers.line() + "Purged 0 runs that ended before ")
                .doesNotContain("[y/N]");
        assertThat(answered.exit()).isZero();
    }
}
