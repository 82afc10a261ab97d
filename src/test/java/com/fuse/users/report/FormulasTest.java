package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.FuseUsers.Result;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No spreadsheet runs the content of any cell of any report, and no terminal acts on any output. */
@ExtendWith(TestPlatform.class)
record FormulasTest(World world, Path folder, FuseUsers fuseUsers) {

    private static final List<String> STARTS =
            List.of("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20");

    /** Bell, clear screen, colour, title, the same in one character each, right-to-left override, zero width. */
    private static final String TERMINAL = "bell\u0007\u001b[2J\u001b[31m\u001b]0;owned\u0007\u009b2J\u202eleft\u200b";

    @ParameterizedTest
    @ValueSource(strings = {"deactivate", "reactivate", "reissue-certificates"})
    void noCellOfAnyReportIsAFormula(String command) throws IOException {
        String[] formulas = STARTS.stream().map(start -> quoted(start + "1+1")).toArray(String[]::new);
        long id = 100;
        for (String start : STARTS) {
            world.execute("insert into users (id, username) values (?, ?)", ++id, start + "1+1");
        }

        for (String column : List.of("user_id", "username", "email")) {
            run(command, "--accept-skips", fuseUsers.input(column + ".csv", lines(column, formulas)));
        }
        if (command.equals("deactivate")) {
            String[] rows = Stream.of(formulas).map("102,"::concat).toArray(String[]::new);
            run(command, "--accept-skips", fuseUsers.input("to.csv", lines("user_id,transfer_admin_to", rows)));
        }

        assertThat(cells()).hasSizeGreaterThan(3 * STARTS.size()).noneMatch(FormulasTest::isFormula);
        assertThat(cells()).contains("'=1+1", "'+1+1", "'-1+1", "'@1+1", "'\uff1d1+1", "'\uff0b1+1", "'\uff0d1+1");
    }

    @Test
    void noNameOfACommunityOrAnAdminIsAFormula() throws IOException {
        long id = 100;
        for (String start : STARTS) {
            world.execute("insert into communities (id, name) values (?, ?)", ++id, start + "1+1");
            world.execute("insert into users (id, username) values (?, ?)", id, start + "1+1");
            world.admin(id, id);
        }
        Path file = folder.resolve("run-0");
        Files.createDirectory(file);

        fuseUsers
                .run("communities", "--output", file.resolve("communities.csv").toString())
                .exits(0);

        assertThat(cells()).hasSizeGreaterThan(2 * STARTS.size()).noneMatch(FormulasTest::isFormula);
        for (String start : STARTS) {
            assertThat(cells()).contains("'" + start + "1+1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deactivate", "reactivate", "reissue-certificates"})
    void noControlCharacterOfTheInputReachesTheTerminal(String command) {
        List<Result> results = Stream.of(
                        new String[] {
                            fuseUsers.input("a" + TERMINAL.replace("/", "") + ".csv", "user_id", quoted(TERMINAL))
                        },
                        new String[] {fuseUsers.input("b.csv", "username", quoted(TERMINAL), quoted("1\n" + TERMINAL))},
                        new String[] {fuseUsers.input("c.csv", TERMINAL + ",other", "1,2")},
                        new String[] {fuseUsers.input("d.csv", "user_id", "\"" + TERMINAL)},
                        new String[] {
                            "--column",
                            TERMINAL,
                            fuseUsers.input("e.csv", "user_id," + TERMINAL, "1," + quoted(TERMINAL))
                        },
                        new String[] {"--column", TERMINAL, fuseUsers.input("f.csv", "user_id", "1")},
                        new String[] {folder.resolve(TERMINAL + "/none.csv").toString()},
                        new String[] {"--user", TERMINAL},
                        new String[] {"--" + TERMINAL})
                .map(arguments -> fuseUsers.run(Stream.concat(Stream.of(command, "--yes"), Stream.of(arguments))
                        .toArray(String[]::new)))
                .toList();
        Result shown = fuseUsers.run("runs");

        assertThat(results).extracting(Result::exit).doesNotContain(0, 1);
        assertThat(Stream.concat(results.stream(), Stream.of(shown)).map(result -> result.out() + result.err()))
                .allSatisfy(text -> assertThat(
                                text.codePoints().filter(c -> c != '\n').mapToObj(Character::getType))
                        .doesNotContain((int) Character.CONTROL, (int) Character.FORMAT));
    }

    private void run(String... arguments) {
        fuseUsers
                .run(Stream.concat(Stream.of(arguments), Stream.of("--yes", "--max-bad-percent=100"))
                        .toArray(String[]::new))
                .exits(0);
    }

    private static String[] lines(String header, String... rows) {
        return Stream.concat(Stream.of(header), Stream.of(rows)).toArray(String[]::new);
    }

    private static String quoted(String field) {
        return '"' + field + '"';
    }

    private static boolean isFormula(String cell) {
        return STARTS.stream().anyMatch(cell::startsWith);
    }

    /** Every cell of every CSV that was written. */
    private List<String> cells() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*/run-\\d+/[^/]*\\.csv"))
                    .flatMap(FormulasTest::cells)
                    .toList();
        }
    }

    private static Stream<String> cells(Path file) {
        try (CSVParser records = CSVParser.parse(Files.readString(file).replace("\uFEFF", ""), CSVFormat.RFC4180)) {
            return records.getRecords().stream().flatMap(CSVRecord::stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
