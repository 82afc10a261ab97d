package com.fuse.users.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The guard judges what all files of a command change together. The sum survives a refusal and a kill, and ends with the
 * command. Twelve active users; the files a, b and c name three each.
 */
@ExtendWith(TestPlatform.class)
class CommandGuardTest {

    private static final String COMMANDS = """
            select concat_ws(' ', c.id, case when c.ended_at is null then 'open' else 'ended' end,
                             string_agg(r.run_id::text, ',' order by r.run_id))
            from fuse_batch.commands c
            left join fuse_batch.command_runs r on r.command_id = c.id
            group by c.id
            order by c.id
            """;

    private final TestDatabase database;
    private final World world;
    private final FuseUsers fuseUsers;
    private final Path inbox;

    CommandGuardTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) throws IOException {
        this.database = database;
        this.world = world;
        this.fuseUsers = fuseUsers;
        inbox = Files.createDirectory(folder.resolve("inbox"));
    }

    @BeforeEach
    void fillTheFolder() throws IOException {
        world.users(1, 12);
        file("a.csv", 1, 2, 3);
        file("b.csv", 4, 5, 6);
        file("c.csv", 7, 8, 9);
    }

    @Test
    void refusesTheFileWithWhichTheSumExceedsTheUsers() {
        FuseUsers.Result refused = deactivate("--max-users", "5").exits(77);

        assertThat(refused.err())
                .isEqualTo(
                        "fuse-users: 6 users would be deactivated by this command, 3 of them by its earlier files, more"
                                + " than --max-users 5; check the input, or raise the limit\n");
        assertThat(refused.out())
                .contains(
                        "3 rows name 3 users; 3 would be deactivated, of 12 active users (25.0 %)\n",
                        "3 rows name 3 users; 3 would be deactivated, of 9 active users (33.3 %); with the 3 of the command's earlier"
                                + " files, 6 of 12\n");
        assertThat(inactive()).isEqualTo("1 2 3");
        assertThat(world.texts("select id || ' ' || exit_code from fuse_batch.runs order by id"))
                .containsExactly("1 0", "2 77");
        assertThat(world.texts(COMMANDS)).containsExactly("1 open 1,2");
    }

    /** Six of the nine users who are still active would be less than 70 %. */
    @Test
    void thePercentageIsOfTheUsersWhoWereActiveWhenTheCommandBegan() {
        FuseUsers.Result refused = deactivate("--max-percent", "70").exits(77);

        assertThat(refused.err())
                .isEqualTo(
                        "fuse-users: 9 of 12 active users would be deactivated by this command, 6 of them by its earlier"
                                + " files (75.0 %), more than 70 %; check the input, or raise --max-percent\n");
        assertThat(inactive()).isEqualTo("1 2 3 4 5 6");
    }

    @Test
    void theSameCommandIsRefusedAgainUntilTheLimitIsRaised() {
        deactivate("--max-users", "5").exits(77);

        assertThat(deactivate("--max-users", "5").exits(77).err()).contains("6 users", "3 of them");
        assertThat(inactive()).isEqualTo("1 2 3");

        deactivate("--max-users", "9").exits(0);

        assertThat(inactive()).isEqualTo("1 2 3 4 5 6 7 8 9");
        assertThat(world.texts(COMMANDS)).containsExactly("1 ended 1,2,3,4,5");
    }

    @Test
    void theSumSurvivesAKillBetweenTwoFiles() throws Exception {
        try (OtherSession gate =
                OtherSession.gate(database, "before insert", "fuse_batch.runs", "new.input_name like '%b.csv'")) {
            kill(gate, "--max-users", "5");
        }
        assertThat(inactive()).isEqualTo("1 2 3");
        assertThat(world.texts(COMMANDS)).containsExactly("1 open 1");

        FuseUsers.Result refused = deactivate("--max-users", "5").exits(77);

        assertThat(refused.err()).contains("6 users would be deactivated by this command, 3 of them");
        assertThat(inactive()).isEqualTo("1 2 3");
        // The killed process had taken the number 2.
        assertThat(world.texts(COMMANDS)).containsExactly("1 open 1,3");
    }

    /** The run of b is resumed by name, so it counts for both commands. */
    @Test
    void theSumSurvivesAKillWithinAFile() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 5 for update");
            kill(other, "--max-users", "8", "--chunk-size", "1", "--partitions", "1");
        }
        assertThat(inactive()).isEqualTo("1 2 3 4");
        fuseUsers.run("deactivate", "--yes", inbox.resolve("b.csv").toString()).exits(0);

        FuseUsers.Result refused = deactivate("--max-users", "8").exits(77);

        assertThat(refused.err()).contains("9 users would be deactivated by this command, 6 of them");
        assertThat(world.texts(COMMANDS)).containsExactly("1 open 1,2,3", "2 ended 2");
    }

    @Test
    void aCommandThatGotThroughItsFilesLeavesTheNextOneItsOwnLimit() throws IOException {
        deactivate("--max-users", "9").exits(0);
        file("d.csv", 10, 11);

        deactivate("--max-users", "2").exits(0);

        assertThat(inactive()).isEqualTo("1 2 3 4 5 6 7 8 9 10 11");
        assertThat(world.texts(COMMANDS)).containsExactly("1 ended 1,2,3", "2 ended 4");
    }

    @Test
    void theNextCommandBeginsAfreshOnceTheRefusedFileIsRemoved() throws IOException {
        deactivate("--max-users", "3").exits(77);
        Files.delete(inbox.resolve("b.csv"));

        deactivate("--max-users", "3").exits(0);

        assertThat(inactive()).isEqualTo("1 2 3 7 8 9");
        assertThat(world.texts(COMMANDS)).containsExactly("1 ended 1,2", "2 ended 3");
    }

    @Test
    void theNextCommandBeginsAfreshOnceTheFileThatStoppedIsRemoved() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 5 for update");
            kill(other, "--max-users", "8", "--chunk-size", "1", "--partitions", "1");
        }
        Files.delete(inbox.resolve("b.csv"));

        deactivate("--max-users", "3").exits(0);

        assertThat(inactive()).isEqualTo("1 2 3 4 7 8 9");
        assertThat(world.texts(COMMANDS)).containsExactly("1 ended 1,2", "2 ended 3");
    }

    @Test
    void theNextCommandBeginsAfreshOnceTheRefusedFileIsRunByName() {
        deactivate("--max-users", "3").exits(77);
        fuseUsers.run("deactivate", "--yes", inbox.resolve("b.csv").toString()).exits(0);

        FuseUsers.Result next = deactivate("--max-users", "3").exits(0);

        assertThat(next.out()).contains("b.csv: passed over, run 3 completed it on ");
        assertThat(inactive()).isEqualTo("1 2 3 4 5 6 7 8 9");
        assertThat(world.texts(COMMANDS)).containsExactly("1 ended 1,2", "2 ended 3", "3 ended 4");
    }

    @Test
    void theNextCommandBeginsAfreshOnceTheRunThatStoppedIsUndone() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 5 for update");
            kill(other, "--max-users", "8", "--chunk-size", "1", "--partitions", "1");
        }
        fuseUsers.run("undo", "--yes", "2").exits(0);

        FuseUsers.Result next = deactivate("--max-users", "3").exits(0);

        assertThat(next.out()).contains("b.csv: passed over, run 2 of it was abandoned on ");
        assertThat(inactive()).isEqualTo("1 2 3 7 8 9");
        assertThat(world.texts(COMMANDS)).containsExactly("1 ended 1,2", "2 ended 4");
    }

    @Test
    void usersWhoAreActiveAgainDoNotCount() {
        deactivate("--max-users", "5").exits(77);
        fuseUsers.run("undo", "--yes", "1").exits(0);

        deactivate("--max-users", "6").exits(0);

        assertThat(inactive()).isEqualTo("4 5 6 7 8 9");
    }

    @Test
    void aPlanIsJudgedByTheSameSumWithoutCountingAUserTwice() throws IOException {
        file("b.csv", 3, 4, 5);

        for (int plan = 0; plan < 2; plan++) {
            FuseUsers.Result planned =
                    deactivate("--dry-run", "--max-users", "4").exits(77);
            assertThat(planned.err())
                    .isEqualTo(
                            "fuse-users: 5 users would be deactivated by this command, 2 of them by its earlier files,"
                                    + " more than --max-users 4; check the input, or raise the limit\n");
            assertThat(planned.out())
                    .contains("of 12 active users (25.0 %); with the 2 of the command's earlier files, 5 of 12\n");
        }

        assertThat(inactive()).isEmpty();
        assertThat(fuseUsers.outcomes(2)).hasSize(4);
    }

    @Test
    void anotherFolderAndAnotherCommandHaveTheirOwnSums() throws IOException {
        deactivate("--max-users", "3").exits(77);
        Path other = Files.createDirectory(inbox.resolveSibling("other"));
        Files.copy(inbox.resolve("c.csv"), other.resolve("c.csv"));

        fuseUsers
                .run("deactivate", "--yes", "--max-users", "3", other.toString())
                .exits(0);

        assertThat(inactive()).isEqualTo("1 2 3 7 8 9");
    }

    @Test
    void aPurgeRemovesTheCommandWithItsLastRun() {
        deactivate("--max-users", "9").exits(0);
        world.execute("update fuse_batch.runs set started_at = '2024-01-01', ended_at = '2024-01-01' where id < 3");
        fuseUsers.run("runs", "purge", "--yes", "--older-than", "30d").exits(0);
        assertThat(world.texts(COMMANDS)).containsExactly("1 ended 3");

        fuseUsers.run("runs", "purge", "--yes", "--older-than", "0d").exits(0);

        assertThat(world.texts(COMMANDS)).isEmpty();
    }

    private void kill(OtherSession blocker, String... options) throws InterruptedException {
        Process process = fuseUsers.start(command(options));
        try {
            blocker.awaitBlocked(1);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isEqualTo(137);
        blocker.terminateBlocked();
    }

    private FuseUsers.Result deactivate(String... options) {
        return fuseUsers.run(command(options));
    }

    private String[] command(String... options) {
        List<String> command = new ArrayList<>(List.of("deactivate", "--yes"));
        command.addAll(List.of(options));
        command.add(inbox.toString());
        return command.toArray(String[]::new);
    }

    private String inactive() {
        return String.join(" ", world.texts("select id::text from users where not active order by users.id"));
    }

    private void file(String name, int... users) throws IOException {
        StringBuilder lines = new StringBuilder("user_id\n");
        for (int user : users) {
            lines.append(user).append('\n');
        }
        Files.writeString(inbox.resolve(name), lines);
    }
}
