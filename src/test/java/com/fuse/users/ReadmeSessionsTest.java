package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.demo.DemoWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The README's sample sessions, run on the demo's data: the program prints what they show. A line of three dots stands
 * for any lines; the time and the speed of a run, and its database, are compared by their form alone.
 */
@ExtendWith(TestPlatform.class)
class ReadmeSessionsTest {

    private static final String MAIN_COMMAND = "mvn -q spring-boot:run";

    /** What a session needs besides the program: fresh demo data, which every session here has, and a name for it. */
    private static final List<String> PREPARATION = List.of(
            "rm -rf target/demo-postgres",
            "fuse-users() { mvn -q spring-boot:run -Dspring-boot.run.arguments=\"$*\"; }");

    private static final Pattern ARGUMENTS =
            Pattern.compile("<spring-boot\\.run\\.arguments>(.*)</spring-boot\\.run\\.arguments>");
    private static final Pattern TIMES = Pattern.compile("in [\\d,]+\\.\\d s, [\\d,]+ rows/s");
    private static final Pattern DATABASE = Pattern.compile("on \\w+ at localhost:2\\d{4} as \\w+");
    private static final String LEFT_OUT = "...";

    private final List<List<String>> sessions =
            MarkdownPage.read(Path.of("README.md")).blocks("console");
    private final FuseUsers program;
    private final Path folder;

    ReadmeSessionsTest(TestDatabase demo, FuseUsers program, Path folder) throws SQLException {
        this.program = program;
        this.folder = folder;
        try (Connection owner = demo.owner().getConnection()) {
            DemoWorld.ofTheDemo().fill(owner);
        }
    }

    @Test
    void theMainCommandPrintsWhatItsSessionShows() throws IOException {
        follow(sessions.get(0));
    }

    @Test
    void theTourPrintsWhatItShows() throws IOException {
        follow(sessions.get(1));
        assertThat(sessions).as("sessions that a test follows").hasSize(2);
    }

    private void follow(List<String> session) throws IOException {
        for (String entry : ("\n" + String.join("\n", session)).split("\n\\$ ")) {
            String[] commandAndOutput = entry.split("\n", 2);
            if (!entry.isEmpty() && !PREPARATION.contains(commandAndOutput[0])) {
                FuseUsers.Result result =
                        program.run(arguments(commandAndOutput[0])).exits(0);

                assertShows(commandAndOutput[1], result.out().replace(folder + "/", ""));
            }
        }
    }

    private static String[] arguments(String command) throws IOException {
        if (!command.equals(MAIN_COMMAND)) {
            assertThat(command).startsWith("fuse-users ");
            return command.substring("fuse-users ".length()).split(" ");
        }
        Matcher arguments = ARGUMENTS.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(arguments.find()).isTrue();
        return arguments.group(1).split(" ");
    }

    private static void assertShows(String shown, String printed) {
        String pattern = comparable(shown)
                .lines()
                .map(line -> line.equals(LEFT_OUT) ? "(.*\n)+" : Pattern.quote(line) + "\n")
                .collect(Collectors.joining());
        assertThat(comparable(printed)).matches(pattern);
    }

    private static String comparable(String text) {
        return DATABASE.matcher(TIMES.matcher(text).replaceAll("in 0.0 s, 0 rows/s"))
                .replaceAll("on DATABASE");
    }
}
