package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The help shows examples, and no output contains a character that a terminal would act on. */
@ExtendWith(TestPlatform.class)
record CommandLineTest(World world, Path folder, FuseUsers fuseUsers) {

    /** Clears the screen, sets the title, rings the bell, returns the carriage; the last is a whole sequence in C1. */
    private static final String HOSTILE = "\u001b[2J\u001b]0;owned\u0007\r\u009b31m";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "deactivate",
                "communities",
                "runs",
                "runs show",
                "runs report",
                "stop",
                "migrate",
                "generate-completion"
            })
    void helpShowsAnExampleOfTheCommand(String command) {
        String[] arguments = Stream.concat(Stream.of(command.split(" ")), Stream.of("--help"))
                .filter(argument -> !argument.isEmpty())
                .toArray(String[]::new);

        FuseUsers.Result help = fuseUsers.run(arguments).exits(0);

        assertThat(help.err()).isEmpty();
        assertThat(help.out()).startsWith(("Usage: fuse-users " + command).strip());
        assertThat(help.out().lines().dropWhile(line -> !line.matches("Examples?:")))
                .anySatisfy(line -> assertThat(line).contains(("fuse-users " + command).strip()));
    }

    @Test
    void theMainHelpNamesEveryCommand() {
        String help = fuseUsers.run("--help").out();

        for (String first :
                "deactivate reactivate undo communities runs history stop check migrate generate-completion exit-codes"
                        .split(" ")) {
            assertThat(help.lines().map(String::strip))
                    .anySatisfy(line -> assertThat(line).startsWith(first + " "));
        }
    }

    @Test
    void versionNamesTheProgram() {
        FuseUsers.Result version = fuseUsers.run("--version").exits(0);

        assertThat(version.err()).isEmpty();
        assertThat(version.out()).matches("fuse-users \\S.*\n");
    }

    @Test
    void helpAndVersionNeedNoDatabase() {
        world.execute("drop schema fuse_batch cascade");

        fuseUsers.run("runs").exits(78);
        fuseUsers.run("deactivate", "--help").exits(0);
        fuseUsers.run("--version").exits(0);
    }

    @Test
    void aHostileFileNameIsPrintedHarmlessly() {
        world.user(1);
        String input = fuseUsers.input(HOSTILE + ".csv", "user_id", "1", "99");

        FuseUsers.Result run = fuseUsers.run("deactivate", "--yes", input).exits(4);

        assertHarmless(run);
        assertThat(run.out())
                .startsWith(fuseUsers.opened(1) + "deactivate " + folder.resolve("?[2J?]0;owned???31m.csv") + "\n");
        assertHarmless(fuseUsers.run("deactivate", "--yes", input));
        assertHarmless(fuseUsers.run("deactivate", "--yes", "--column", "none", input));
        assertHarmless(fuseUsers.run("runs"));
        assertHarmless(fuseUsers.run("runs", "--json"));
        assertHarmless(fuseUsers.run("runs", "show", "1"));
        assertHarmless(fuseUsers.run("runs", "show", "1", "--json"));
    }

    @Test
    void hostileContentIsPrintedHarmlessly() {
        FuseUsers.Result header =
                fuseUsers.run("deactivate", "--yes", fuseUsers.input("a.csv", "\"x" + HOSTILE + "\"", "1"));
        FuseUsers.Result column = fuseUsers.run(
                "deactivate",
                "--yes",
                "--column",
                "x" + HOSTILE,
                fuseUsers.input("b.csv", "\"x" + HOSTILE + "\"", "1"));

        header.exits(65);
        assertHarmless(header);
        column.exits(4);
        assertHarmless(column);
        assertHarmless(fuseUsers.run("runs", "show", "1"));
        assertHarmless(fuseUsers.run("runs", "show", "2"));
    }

    @Test
    void hostileArgumentsAreReportedHarmlessly() {
        String input = fuseUsers.input("users.csv", "user_id", "1");

        assertRefusedHarmlessly(64, fuseUsers.run("x" + HOSTILE));
        assertRefusedHarmlessly(64, fuseUsers.run("deactivate", "--x" + HOSTILE, input));
        assertRefusedHarmlessly(64, fuseUsers.run("deactivate", "--user", HOSTILE));
        assertRefusedHarmlessly(64, fuseUsers.run("deactivate", "--max-users", HOSTILE, input));
        assertRefusedHarmlessly(65, fuseUsers.run("deactivate", "--yes", "--column", HOSTILE, input));
        assertRefusedHarmlessly(
                66, fuseUsers.run("deactivate", folder.resolve(HOSTILE).toString()));
    }

    @Test
    void anErrorAboutAFileNameWithTwoLinesIsOneLine() {
        String missing = folder.resolve("gone\nfuse-users: all is well").toString();

        FuseUsers.Result result = fuseUsers.run("deactivate", "--yes", missing).exits(66);

        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("fuse-users: " + folder.resolve("gone"))
                .contains("all is well", "no such file");
    }

    @Test
    void aFileNameWithTwoLinesForgesNoLineOfTheOutput() {
        world.user(7);
        String input = fuseUsers.input("a.csv\nRun 2: deactivate b.csv", "user_id", "7");

        FuseUsers.Result run = fuseUsers.run("deactivate", "--yes", input).exits(0);

        assertThat(run.out().lines()).noneMatch(line -> line.startsWith("Run 2"));
        assertThat(fuseUsers.run("runs").out().lines()).hasSize(3);
    }

    private static void assertRefusedHarmlessly(int exit, FuseUsers.Result result) {
        result.exits(exit);
        assertThat(result.err().lines()).hasSize(1);
        assertHarmless(result);
    }

    private static void assertHarmless(FuseUsers.Result result) {
        String printed = result.out() + result.err();
        assertThat(printed).isNotEmpty();
        assertThat(printed.codePoints().filter(c -> c != '\n').boxed()).noneMatch(Character::isISOControl);
    }
}
