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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The README's sample sessions, run on the demo's data: the program prints what they show.
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
        for (SampleSession entry : SampleSession.of(session)) {
            if (!PREPARATION.contains(entry.command())) {
                FuseUsers.Result result =
                        program.run(arguments(entry.command())).exits(0);

                entry.assertShows(result.out().replace(folder + "/", ""));
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
}
