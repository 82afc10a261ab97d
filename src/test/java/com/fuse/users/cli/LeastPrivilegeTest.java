package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.FuseUsers.Result;
import com.fuse.users.OtherSession;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Every command works with every option for a login that only has the rights of the job's role; {@code migrate} says
 * that it needs the owner. {@code database.JobRoleTest} shows which rights PostgreSQL denies to that login.
 */
@ExtendWith(TestPlatform.class)
class LeastPrivilegeTest {

    private final TestDatabase database;
    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final Map<String, Set<String>> used = new TreeMap<>();

    LeastPrivilegeTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {
        this.database = database;
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
    }

    @Test
    void everyCommandNeedsOnlyTheRightsOfTheJobsRole() throws Exception {
        String reports = folder.resolve("other-reports").toString();
        String sizes =
                "--chunk-size 2 --partitions 2 --join --gentle --max-blocked 1s --throttle-query select(0) --max-pause 1m"
                        + " --report-dir " + reports;
        String input = makeUsers();
        String plan = "--yes --accept-skips --max-users 100 --max-percent 100 --column user_id --transfer-admin-to 9 "
                + sizes + " " + input;

        run("deactivate --dry-run " + plan);
        run("deactivate --plan 1 " + plan);
        run("deactivate --yes --reason CHG-1 --json --user 5 --user 6");
        run("deactivate --yes --again --accept-skips --max-percent 100 --verify " + folder.resolve("drop"));
        run("undo --dry-run --with-memberships 2");
        run("undo --plan 6 --yes --reason CHG-1 --json --accept-skips --with-memberships " + sizes + " 2");
        run("reactivate --dry-run --column user_id --accept-skips " + sizes + " " + input);
        run("reactivate --plan 8 --yes --column user_id --accept-skips " + sizes + " " + input);
        run("reactivate --yes --again --accept-skips " + folder.resolve("drop"));
        run("reactivate --yes --reason CHG-1 --json --user 5");
        run("reissue-certificates --dry-run --column user_id --accept-skips " + sizes + " " + input);
        run("reissue-certificates --plan 13 --yes --column user_id --accept-skips " + sizes + " " + input);
        run("reissue-certificates --yes --again --accept-skips " + folder.resolve("drop"));
        run("reissue-certificates --yes --reason CHG-1 --json --user 5");
        String list = "--yes --no-header --column 1 --identifier username --expect-rows 2 --max-bad-percent 50 "
                + fuseUsers.input("names.csv", "user7", "user8");
        run("deactivate " + list);
        run("reactivate " + list);
        run("reissue-certificates " + list);
        for (String command : List.of("deactivate", "reactivate", "reissue-certificates")) {
            assertCannotMonitor(command + " --yes --max-replica-lag 5s --max-archive-backlog 9 --user 5");
        }
        assertCannotMonitor("undo --yes --max-replica-lag 5s --max-archive-backlog 9 2");
        run("communities");
        run("communities --output " + folder.resolve("communities.csv"));
        run("runs");
        run("runs --json --count 3 --state completed --command undo --since 1d");
        run("runs list --json --count 3 --state completed --command undo --since 1d");
        run("runs show 2");
        run("runs show --json 2");
        run("runs report --report-dir " + reports + " 2");
        run("runs verify 2");
        run("history --user 5");
        run("history --username user5 --json");
        run("history --email user5@example.org");
        run("check --report-dir " + reports + " --column user_id --max-bad-percent 50 " + input);
        run("check --no-header --column 1 --identifier username --expect-rows 2 --report-dir " + reports + " "
                + folder.resolve("names.csv"));
        stopARun();
        run("runs purge --dry-run --older-than 0d");
        run("runs purge --yes --older-than 0d");
        run("generate-completion");
        run("help");
        run("exit-codes");
        run("version");
        assertMigrateIsRefused(database);

        assertThat(used).isEqualTo(everyCommandWithEveryOption());
        assertThat(world.count("select count(*) from fuse_batch.runs where ended_at is not null"))
                .isZero();
    }

    @Test
    void migrateIsRefusedInAnEmptyDatabase() {
        try (TestDatabase unmigrated = TestDatabase.createUnmigrated()) {
            assertMigrateIsRefused(unmigrated);
        }
    }

    private void assertMigrateIsRefused(TestDatabase target) {
        Result result = new FuseUsers(target, folder).run("migrate");
        note("migrate");
        result.exits(78);
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("fuse-users: ")
                .contains("owner");
    }

    /** These limits need another right, which an operator may grant. */
    private void assertCannotMonitor(String command) {
        fuseUsers.run(note(command)).exits(78);
    }

    private String makeUsers() {
        for (long user = 1; user <= 6; user++) {
            world.user(user);
            world.everything(user);
        }
        world.users(7, 12);
        world.admin(2, 2);
        world.admin(3, 1);
        folder.resolve("drop").toFile().mkdir();
        fuseUsers.input("drop/names.csv", "username", "user7", "user8");
        fuseUsers.input("drop/mails.csv", "email", "user7@example.org");
        return fuseUsers.input("leavers.csv", "user_id", "1", "2", "3", "4", "x", "99");
    }

    /** The run may have done the rest before it reads that it is to stop. */
    private void stopARun() throws Exception {
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 8 for update");
            CompletableFuture<Result> run = CompletableFuture.supplyAsync(() -> fuseUsers.run(
                    "deactivate --yes --chunk-size 1 --partitions 1 --user 8 --user 11 --user 12".split(" ")));
            other.awaitBlocked(1);
            long number = world.count("select max(id) from fuse_batch.runs");
            run("pause " + number);
            run("resume " + number);
            run("stop " + number);
            other.close();
            assertThat(run.get(30, TimeUnit.SECONDS).exit()).isIn(0, 143);
        }
    }

    private void run(String command) {
        String[] arguments = note(command);
        Result result = fuseUsers.run(arguments).exits(0);
        if (command.contains("--yes --reason CHG-1 --json")) {
            assertThat(result.out().lines()).as(command).hasSize(1);
            return;
        }
        assertThat(result.err()).as(command).isEqualTo(command.equals("communities") ? fuseUsers.line() : "");
    }

    private String[] note(String command) {
        String[] arguments = command.split(" ");
        ParseResult parsed = FuseUsersCommand.commandLine().parseArgs(arguments);
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        used.computeIfAbsent(parsed.commandSpec().qualifiedName(), name -> new TreeSet<>())
                .addAll(names(parsed.matchedOptions()));
        return arguments;
    }

    private static Map<String, Set<String>> everyCommandWithEveryOption() {
        Map<String, Set<String>> commands = new TreeMap<>();
        below(FuseUsersCommand.commandLine())
                .forEach(command -> commands.put(
                        command.getCommandSpec().qualifiedName(),
                        names(command.getCommandSpec().options())));
        return commands;
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return command.getSubcommands().values().stream()
                .flatMap(subcommand -> Stream.concat(Stream.of(subcommand), below(subcommand)));
    }

    private static Set<String> names(Collection<OptionSpec> options) {
        Set<String> names = new TreeSet<>();
        options.stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .forEach(option -> names.add(option.longestName()));
        return names;
    }
}
