package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputSource;
import com.fuse.users.liveness.RunLock;
import com.fuse.users.run.RunDefinition;
import com.fuse.users.run.RunOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every result of a command has an exit code, and every code except 0 has one line on standard error with the error,
 * the value and the remedy. If the code means that nothing was done, no row of the platform has changed.
 */
@ExtendWith(TestPlatform.class)
class ExitCodesTest {

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private Map<String, List<String>> before = Map.of();

    ExitCodesTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
    }

    @BeforeEach
    void makeTwoActiveUsersAndOneInactive() {
        world.user(1);
        world.everything(1);
        world.user(2);
        world.inactiveUser(3, "2024-02-03T04:05:06Z");
        before = world.platform();
    }

    @Test
    void zeroIfEveryUserIsDeactivated() {
        assertSucceeds(fuseUsers.run("deactivate", "--yes", fuseUsers.input("users.csv", "user_id", "1")));
        assertSucceeds(fuseUsers.run("deactivate", "--yes", "--user", "2"));
        assertThat(world.count("select count(*) from users where active")).isZero();
    }

    @Test
    void zeroIfTheUserWasAlreadyInactive() {
        assertSucceeds(fuseUsers.run("deactivate", "--yes", "--user", "3"));
        assertThat(world.platform()).isEqualTo(before);
        assertThat(fuseUsers.outcomes(1))
                .containsExactly(
                        "line,input,user_id,outcome,community_ids,message",
                        "1,3,3,ALREADY_INACTIVE,,inactive since 2024-02-03T04:05:06Z");
    }

    @Test
    void zeroIfThereIsOnlyAHeader() {
        assertSucceeds(fuseUsers.run("deactivate", "--yes", fuseUsers.input("users.csv", "user_id")));
        assertThat(world.platform()).isEqualTo(before);
        assertThat(fuseUsers.outcomes(1)).containsExactly("line,input,user_id,outcome,community_ids,message");
        assertThat(fuseUsers.summary(1)).containsEntry("rows", 0).containsEntry("exit_code", 0);
    }

    @Test
    void zeroIfSkipsAreAccepted() {
        assertSucceeds(fuseUsers.run("deactivate", "--yes", "--accept-skips", "--user", "1", "--user", "99"));
        assertThat(world.texts("select outcome from fuse_batch.run_outcomes order by line"))
                .containsExactly("DEACTIVATED", "NOT_FOUND");
    }

    @Test
    void oneIfTheRunFailedAndTheSameCommandResumesIt() {
        world.breakChunks();

        assertEnds(
                1,
                fuseUsers.run("deactivate", "--yes", "--user", "1"),
                "run 1 failed",
                "out of order",
                "the same command resumes");
        assertThat(world.platform()).isEqualTo(before);

        world.mendChunks();
        assertSucceeds(fuseUsers.run("deactivate", "--yes", "--user", "1"));
        assertThat(fuseUsers.summary(1)).containsEntry("attempts", 2).containsEntry("exit_code", 0);
    }

    /** What is committed in spite of the failure would be tried for ever. */
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @Test
    void oneIfTheReportCannotBeWrittenAndTheSameCommandWritesIt() throws IOException {
        Path inTheWay = Files.createFile(
                Files.createDirectories(folder.resolve("reports")).resolve("run-1"));

        assertEnds(1, fuseUsers.run("deactivate", "--yes", "--user", "1"), "run 1", inTheWay.toString());
        assertThat(world.texts("select (ended_at is null)::text from fuse_batch.runs"))
                .containsExactly("true");

        Files.delete(inTheWay);
        assertSucceeds(fuseUsers.run("deactivate", "--yes", "--user", "1"));
        assertThat(fuseUsers.summary(1)).containsEntry("attempts", 2).containsEntry("exit_code", 0);
    }

    @Test
    void fourIfRowsWereSkipped() {
        String input = fuseUsers.input("leavers.csv", "1", "99");

        FuseUsers.Result result = fuseUsers.run("deactivate", "--yes", input);

        assertEnds(
                4,
                result,
                "skipped",
                folder.resolve("reports/run-1/skipped.csv").toString());
        assertThat(world.texts("select id::text from users where active")).containsExactly("2");
    }

    static Stream<Arguments> wrongCommands() {
        return Stream.of(
                wrong(List.of("deactivate", "--yes"), "--user", "--help"),
                wrong(List.of("deactivate", "--yes", "--user", "1", "INPUT"), "--user", "--help"),
                wrong(List.of("deactivate", "--yes", "--no-such-option", "INPUT"), "--no-such-option", "--help"),
                wrong(List.of("deactivate", "--yes", "--user", "abc"), "--user", "'abc'"),
                wrong(List.of("deactivate", "--yes", "--user", "0"), "user ID", "0"),
                wrong(List.of("deactivate", "--yes", "--user", "-5"), "user ID", "-5"),
                wrong(List.of("deactivate", "--yes", "--user", "9223372036854775808"), "'9223372036854775808'"),
                wrong(List.of("deactivate", "--yes", "--user"), "--user"),
                wrong(List.of("deactivate", "--yes", "--max-users", "many", "INPUT"), "--max-users", "'many'"),
                wrong(List.of("deactivate", "--yes", "--max-users", "-7", "INPUT"), "--max-users", "-7"),
                wrong(List.of("deactivate", "--yes", "--max-percent", "half", "INPUT"), "--max-percent", "'half'"),
                wrong(List.of("deactivate", "--yes", "--max-percent", "-0.5", "INPUT"), "--max-percent", "-0.5"),
                wrong(List.of("deactivate", "--yes", "--max-percent", "100.1", "INPUT"), "--max-percent", "100.1"),
                wrong(List.of("deactivate", "--yes", "--chunk-size", "-4", "INPUT"), "--chunk-size", "-4"),
                wrong(List.of("deactivate", "--yes", "--chunk-size", "50001", "INPUT"), "--chunk-size", "50001"),
                wrong(List.of("deactivate", "--yes", "--partitions", "-3", "INPUT"), "--partitions", "-3"),
                wrong(List.of("deactivate", "--yes", "--partitions", "65", "INPUT"), "--partitions", "65"),
                wrong(List.of("deactivate", "--yes", "INPUT", "--column"), "--column"),
                wrong(List.of("deactivate", "--yes", "INPUT", "--report-dir"), "--report-dir"),
                wrong(List.of("runs", "--count", "-1"), "--count", "-1"),
                wrong(List.of("runs", "show", "abc"), "RUN", "'abc'"),
                wrong(List.of("runs", "show", "4711"), "run 4711", "runs"),
                wrong(List.of("runs", "show"), "no run yet"),
                wrong(List.of("runs", "report", "4711"), "run 4711", "runs"),
                wrong(List.of("stop", "4711"), "run 4711", "runs"),
                wrong(List.of("deactivat"), "deactivat", "--help"),
                wrong(List.of(), "subcommand", "--help"));
    }

    @ParameterizedTest
    @MethodSource("wrongCommands")
    void sixtyFourIfTheCommandIsWrong(List<String> command, String[] said) {
        String input = fuseUsers.input("users.csv", "user_id", "1");
        String[] arguments = command.stream()
                .map(argument -> argument.equals("INPUT") ? input : argument)
                .toArray(String[]::new);

        assertEnds(64, fuseUsers.run(arguments), said);
        assertNothingDone();
        assertThat(world.count("select count(*) from fuse_batch.runs")).isZero();
    }

    static Stream<Arguments> unreadableContents() {
        return Stream.of(
                Arguments.of("", "the file is empty"),
                Arguments.of("user_id\n1\n2\0\n", "line 3"),
                Arguments.of("user_id\n1\n\"2\n", "line 3"),
                Arguments.of("user_id\n1\n\"2\"x\n", "line 3"),
                Arguments.of("PK\3\4", "ZIP"),
                Arguments.of("surname,first_name\n1,2\n", "'surname', 'first_name'"));
    }

    @ParameterizedTest
    @MethodSource("unreadableContents")
    void sixtyFiveIfTheInputIsNoCsvOfUsers(String content, String said) throws IOException {
        Path file = Files.writeString(folder.resolve("users.csv"), content, StandardCharsets.ISO_8859_1);

        assertEnds(65, fuseUsers.run("deactivate", "--yes", file.toString()), file.toString(), said, "run again");
        assertNothingDone();
        assertThat(world.count("select count(*) from fuse_batch.run_rows")).isZero();
        assertThat(world.count("select count(*) from fuse_batch.runs where ended_at is null"))
                .isZero();
    }

    @Test
    void aRunThatEndsWith65AfterItsStartIsListedAsRefused() {
        String input = fuseUsers.input("users.csv", "user_id", "1", "\"2");

        fuseUsers.run("deactivate", "--yes", input).exits(65);

        assertThat(fuseUsers.run("runs").out().lines().skip(2))
                .singleElement()
                .asString()
                .startsWith("1 ")
                .contains(" REFUSED ", " deactivate ", input);
        assertThat(world.texts("select exit_code::text from fuse_batch.runs")).containsExactly("65");
    }

    @Test
    void aRunThatEndsWith65IsNotResumedAndTheFixedFileIsANewRun() {
        fuseUsers
                .run("deactivate", "--yes", fuseUsers.input("users.csv", "user_id", "1", "\"2"))
                .exits(65);

        assertSucceeds(fuseUsers.run("deactivate", "--yes", fuseUsers.input("users.csv", "user_id", "1", "\"2\"")));
        assertThat(world.texts("select id || ' ' || exit_code from fuse_batch.runs order by id"))
                .containsExactly("1 65", "2 0");
    }

    @Test
    void sixtySixIfOneOfTheInputsIsMissing() {
        String input = fuseUsers.input("users.csv", "user_id", "1");
        String missing = folder.resolve("gone.csv").toString();

        assertEnds(66, fuseUsers.run("deactivate", "--yes", input, missing), missing, "no such file", "run again");
        assertNothingDone();
        assertThat(world.count("select count(*) from fuse_batch.runs")).isZero();
    }

    @Test
    void sixtySixIfAFolderContainsNoInput() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("inbox"));

        assertEnds(66, fuseUsers.run("deactivate", "--yes", empty.toString()), empty.toString(), "run again");
        assertNothingDone();
    }

    @Test
    void seventyFiveIfTheDatabaseCannotBeReached() throws IOException {
        // Bound without listening, so that nobody else comes to listen there.
        try (Socket refusing = new Socket()) {
            refusing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "localhost:" + refusing.getLocalPort();
            Map<String, String> settings = Map.of(
                    "spring.datasource.url", "jdbc:postgresql://" + address + "/fuse",
                    "spring.datasource.username", "fuse",
                    "spring.datasource.password", "fuse",
                    "spring.datasource.hikari.connection-timeout", "500");

            assertEnds(75, fuseUsers.run(settings, "deactivate", "--yes", "--user", "1"), address, "try again later");
            assertEnds(75, fuseUsers.run(settings, "runs"), address, "try again later");
        }
    }

    @Test
    void seventyFiveIfALiveProcessWorksOnTheSameInput() throws SQLException {
        String input = fuseUsers.input("users.csv", "user_id", "1");
        String copy = fuseUsers.input("copy.csv", "user_id", "1");

        try (RunLock held = lock(input, false)) {
            assertThat(held.isHeld()).isTrue();
            assertEnds(75, fuseUsers.run("deactivate", "--yes", copy), "live process", "try again");
            assertNothingDone();
            assertThat(world.count("select count(*) from fuse_batch.runs")).isZero();
        }

        assertSucceeds(fuseUsers.run("deactivate", "--yes", copy));
    }

    @Test
    void aLiveDryRunOfAnInputDoesNotBlockItsRun() throws SQLException {
        String input = fuseUsers.input("users.csv", "user_id", "1");

        try (RunLock held = lock(input, true)) {
            assertThat(held.isHeld()).isTrue();
            assertEnds(75, fuseUsers.run("deactivate", "--dry-run", input), "live process", "try again");
            assertSucceeds(fuseUsers.run("deactivate", "--yes", input));
        }
    }

    @Test
    void seventySevenIfTheGuardRefuses() {
        String input = fuseUsers.input("users.csv", "user_id", "1", "2");

        assertEnds(
                77,
                fuseUsers.run("deactivate", "--yes", "--max-users", "1", input),
                "2 users",
                "--max-users 1",
                "check the input");
        assertEnds(
                77,
                fuseUsers.run("deactivate", "--yes", "--max-percent", "99.9", input),
                "2 of 2 active users",
                "99.9 %",
                "--max-percent");
        assertNothingDone();
        assertThat(fuseUsers.run("runs").out().lines().skip(2)).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains(" REFUSED "));
    }

    @Test
    void seventySevenByDefaultIfMoreThanOneHundredUsersAreMoreThanAFifth() {
        world.users(1_001, 1_500);
        before = world.platform();
        String[] lines = Stream.concat(
                        Stream.of("user_id"),
                        Stream.iterate(1_001, id -> id + 1).limit(101).map(String::valueOf))
                .toArray(String[]::new);
        String input = fuseUsers.input("users.csv", lines);

        assertEnds(
                77,
                fuseUsers.run("deactivate", "--yes", input),
                "101 of 502 active users",
                "(20.1 %)",
                "more than 20 %",
                "--max-percent");
        assertNothingDone();

        lines[101] = "1001";
        fuseUsers
                .run("deactivate", "--yes", fuseUsers.input("users.csv", lines))
                .exits(4);
        assertThat(world.count("select count(*) from users where active")).isEqualTo(402);
    }

    @Test
    void seventySevenIfThereIsNoTerminalForTheQuestion() {
        String input = fuseUsers.input("users.csv", "user_id", "1");

        assertEnds(77, fuseUsers.run("deactivate", input), "no terminal", "--yes");
        assertNothingDone();

        FuseUsers.Result confirmed = fuseUsers.run("deactivate", "--yes", input);
        assertSucceeds(confirmed);
        assertThat(confirmed.out()).startsWith(fuseUsers.opened(1) + "deactivate " + input + "\n");
    }

    /** Staging decides the skips of duplicates and malformed rows before the guard. */
    @Test
    void seventySevenNamesNoReportBecauseThereIsNone() {
        FuseUsers.Result refused = fuseUsers.run(
                "deactivate", "--yes", "--max-percent", "1", fuseUsers.input("users.csv", "user_id", "1", "1", "x"));

        assertEnds(77, refused, "1 of 2 active users", "--max-percent");
        assertThat(refused.out().lines()).anyMatch(line -> line.startsWith("3 rows name 1 user; "));
        assertThat(refused.out()).doesNotContain("Report: ");
        assertThat(folder.resolve("reports/run-1")).doesNotExist();
        assertThat(world.texts("select outcome from fuse_batch.run_outcomes order by line"))
                .containsExactly("DUPLICATE", "MALFORMED");
        assertNothingDone();
    }

    @Test
    void seventyEightIfTheDatabaseIsNoPostgreSql() {
        assertEnds(
                78,
                fuseUsers.run(Map.of("spring.datasource.url", "jdbc:mysql://localhost/fuse"), "runs"),
                "SPRING_DATASOURCE_URL",
                "jdbc:postgresql://HOST:PORT/DATABASE");
    }

    @Test
    void seventyEightIfTheSchemaIsNotMigrated() {
        try (TestDatabase empty = TestDatabase.createUnmigrated()) {
            FuseUsers elsewhere = new FuseUsers(empty, folder);

            assertEnds(78, elsewhere.run("deactivate", "--yes", "--user", "1"), "schema", "\"migrate\"");
            assertEnds(78, elsewhere.run("runs"), "schema", "\"migrate\"");
        }
    }

    @Test
    void seventyEightIfTheSchemaIsOlderThanTheProgram() {
        world.execute("delete from fuse_batch.flyway_schema_history where installed_rank >= 4");

        assertEnds(78, fuseUsers.run("deactivate", "--yes", "--user", "1"), "schema is at version", "\"migrate\"");
        assertNothingDone();
    }

    @Test
    void seventyEightIfTheSchemaIsNewerThanTheProgram() {
        world.execute(
                "insert into fuse_batch.flyway_schema_history (installed_rank, version, description, type, script,"
                        + " installed_by, execution_time, success) values (1000, '1000', 'later', 'SQL', 'V1000__later.sql',"
                        + " 'postgres', 1, true)");

        assertEnds(78, fuseUsers.run("deactivate", "--yes", "--user", "1"), "version 1000", "newer program");
        assertNothingDone();
    }

    @Test
    void seventyEightIfTheRightToDeleteIsMissing() {
        world.execute("revoke delete on oauth_tokens from fuse_users_job");

        assertEnds(78, fuseUsers.run("deactivate", "--yes", "--user", "1"), "oauth_tokens", "fuse_users_job");
        assertNothingDone();
        assertThat(fuseUsers.run("runs").out().lines().skip(2))
                .singleElement()
                .asString()
                .contains(" REFUSED ");

        world.execute("grant delete on oauth_tokens to fuse_users_job");
        assertSucceeds(fuseUsers.run("deactivate", "--yes", "--user", "1"));
    }

    @Test
    void seventyEightIfTheRightToReadUsersIsMissing() {
        world.execute("revoke select (active) on users from fuse_users_job");

        assertEnds(78, fuseUsers.run("deactivate", "--yes", "--user", "1"), "users", "fuse_users_job");
        assertNothingDone();
    }

    private void assertNothingDone() {
        assertThat(world.platform()).isEqualTo(before);
        assertThat(world.count("select count(*) from fuse_batch.run_chunks")).isZero();
    }

    private static void assertSucceeds(FuseUsers.Result result) {
        assertThat(result.err()).isEmpty();
        result.exits(0);
    }

    private static void assertEnds(int exit, FuseUsers.Result result, String... said) {
        result.exits(exit);
        assertThat(result.err()).startsWith("fuse-users: ").endsWith("\n");
        assertThat(result.err().lines()).singleElement().asString().contains(said);
        assertThat(result.out() + result.err()).doesNotContain("\tat ", "Caused by:");
    }

    private RunLock lock(String input, boolean dryRun) throws SQLException {
        InputSource source = InputSource.resolve(List.of(input), line -> {}).get(0);
        RunOptions options = new RunOptions(ColumnChoice.NONE, dryRun, null, null, null, false);
        RunDefinition definition = new RunDefinition(
                "deactivate",
                source.kind(),
                source.name(),
                InputDigest.of(source).sha256(),
                options);
        return RunLock.tryAcquire(database.job(), definition.key()).orElseThrow();
    }

    private static Arguments wrong(List<String> command, String... said) {
        return Arguments.of(command, said);
    }
}
