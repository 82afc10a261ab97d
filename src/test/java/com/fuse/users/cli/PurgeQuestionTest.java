package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.PseudoTerminal;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A purge lists what it would remove, and removes nothing that nobody has confirmed. */
@ExtendWith(TestPlatform.class)
record PurgeQuestionTest(World world, FuseUsers fuseUsers) {

    private static final String[] PURGE = {"runs", "purge", "--older-than", "30d", "--yes"};

    @Test
    void theDryRunListsWhatThePurgeRemoves() {
        world.users(1, 2);
        fuseUsers.run("deactivate", "--dry-run", fuseUsers.input("plan.csv", "user_id", "1", "2", "2"));
        age(1, "50 days");
        complete("1", "40 days");
        complete("2", "20 days");
        List<String> before = records();
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
        assertThat(records()).isEqualTo(before);
        assertThat(fuseUsers.run(PURGE).out().replaceAll("before \\S+", ""))
                .isEqualTo(planned.replace("Would purge", "Purged").replaceAll("before \\S+", ""));
        assertThat(runs()).containsExactly("3");
    }

    @Test
    void namesTheRunsThatItKeeps() {
        world.user(1);
        complete("1", "60 days");
        complete("1", "50 days");
        complete("1", "20 days");
        world.execute("update fuse_batch.runs set plan_run_id = id - 1 where id > 1");

        assertThat(fuseUsers.run(PURGE).out().lines().skip(1).findFirst())
                .hasValue("Kept, because a run that is not purged undoes it or uses it as its plan, or its process is"
                        + " alive: run 2, run 1");
    }

    @Test
    void purgesNothingWithoutConfirmation() {
        refused("1000 days");

        FuseUsers.Result purged =
                fuseUsers.run("runs", "purge", "--older-than", "30d").exits(77);

        assertThat(purged.out()).isEmpty();
        assertThat(purged.err())
                .isEqualTo("fuse-users: there is no terminal to confirm the purge on; see what it would remove by"
                        + " --dry-run, then run it again with --yes\n");
        assertThat(runs()).containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource({"y, 0, 3", "YES, 0, 3", "n, 77, 1 2 3", "'', 77, 1 2 3", "yesterday, 77, 1 2 3"})
    void asksOnATerminal(String answer, int exit, String runs) throws IOException, InterruptedException {
        world.user(1);
        complete("1", "50 days");
        complete("1", "40 days");
        complete("1", "20 days");

        Answered answered = onTerminal(answer, "runs", "purge", "--older-than", "30d");

        assertThat(answered.shown())
                .contains("Purge 2 runs with 8 records on "
                        + fuseUsers.line().strip().substring(3)
                        + "? They can no longer be undone, shown or reported. [y/N] ");
        assertThat(answered.shown()
                        .contains("fuse-users: the purge was not confirmed; run it again and answer y, or use --yes"))
                .isEqualTo(exit == 77);
        assertThat(answered.exit()).isEqualTo(exit);
        assertThat(String.join(" ", runs())).isEqualTo(runs);
    }

    @Test
    void asksNothingIfThereIsNothingToPurge() throws IOException, InterruptedException {
        world.user(1);
        complete("1", "20 days");

        Answered answered = onTerminal("", "runs", "purge", "--older-than", "30d");

        assertThat(answered.shown())
                .startsWith(fuseUsers.line() + "Purged 0 runs that ended before ")
                .doesNotContain("[y/N]");
        assertThat(answered.exit()).isZero();
    }

    private record Answered(int exit, String shown) {}

    /** Runs the command on a terminal of its own, and types an answer. */
    private Answered onTerminal(String answer, String... arguments) throws IOException, InterruptedException {
        try (PseudoTerminal terminal = PseudoTerminal.start(fuseUsers.process(arguments))) {
            terminal.type(answer + "\n");
            int exit = terminal.awaitExit();
            // The terminal shows what is typed before the program runs.
            return new Answered(exit, terminal.shown().replaceFirst("^" + answer + "\n", ""));
        }
    }

    /** A run that deactivated this user, and ended so long ago. */
    private void complete(String user, String ago) {
        fuseUsers.run("deactivate", "--yes", "--user", user).exits(0);
        age(world.count("select max(id) from fuse_batch.runs"), ago);
    }

    /** A run that never got as far as its first attempt. */
    private void refused(String ago) {
        world.execute(
                "insert into fuse_batch.runs (command, dry_run, run_key, input_kind, input_name, input_digest,"
                        + " started_at, ended_at, exit_code) values ('deactivate', false, sha256('key'), 'file', 'users.csv',"
                        + " sha256('digest'), now() - ?::interval, now() - ?::interval, 78)",
                ago,
                ago);
    }

    private void age(long run, String ago) {
        world.execute(
                "update fuse_batch.runs set started_at = now() - ?::interval, ended_at = now() - ?::interval"
                        + " where id = ?",
                ago,
                ago,
                run);
    }

    private List<String> runs() {
        return world.texts("select id from fuse_batch.runs order by id");
    }

    /** The run of each record. */
    private List<String> records() {
        return world.texts("select run_id from fuse_batch.run_rows union all select run_id from fuse_batch.run_users"
                + " union all select run_id from fuse_batch.run_outcomes union all select run_id from fuse_batch.run_chunks"
                + " union all select id from fuse_batch.runs order by 1");
    }
}
