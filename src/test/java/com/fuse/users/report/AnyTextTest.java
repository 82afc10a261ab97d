package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * Any text of a field is the same in the database and in the report, except for an apostrophe before a formula. The
 * file of skipped rows is an input with the same rows.
 */
class AnyTextTest {

    private static final int LONGEST_KEPT = 256;
    private static final Pattern BLANK_AT_AN_END = Pattern.compile("^[ \t\\p{Z}\ufeff]|[ \t\\p{Z}\ufeff]$");
    private static final Pattern USER_ID = Pattern.compile("[0-9]+");
    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]");

    private TestDatabase database = TestDatabase.create();
    private Path folder = Path.of("");

    @BeforeTry
    void prepare() throws IOException {
        database = TestDatabase.create();
        folder = Files.createTempDirectory("any-text");
    }

    @AfterTry
    void clean() throws IOException {
        database.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(seed = "1", tries = 6, edgeCases = EdgeCasesMode.NONE)
    void theTextOfAFieldIsReportedUnchanged(@ForAll("texts") List<String> texts) throws IOException {
        World world = new World(database);
        FuseUsers fuseUsers = new FuseUsers(database, folder);
        List<String> lines = new ArrayList<>(List.of("user_id,note,kind"));
        texts.forEach(text -> lines.add(quoted(text) + "," + quoted(text) + ",any"));
        List<String> defused = texts.stream().map(AnyTextTest::defused).toList();

        fuseUsers
                .run(
                        "deactivate",
                        "--yes",
                        "--max-bad-percent=100",
                        fuseUsers.input("texts.csv", lines.toArray(String[]::new)))
                .exits(4);

        assertThat(world.texts("select input from fuse_batch.run_rows order by line"))
                .isEqualTo(texts);
        assertThat(column(fuseUsers, 1, "outcomes.csv", "input")).isEqualTo(defused);
        assertThat(column(fuseUsers, 1, "skipped.csv", "user_id")).isEqualTo(defused);
        assertThat(column(fuseUsers, 1, "outcomes.csv", "outcome")).containsOnly("MALFORMED");

        String skipped = folder.resolve("reports/run-1/skipped.csv").toString();
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", skipped).exits(4);

        assertThat(column(fuseUsers, 2, "outcomes.csv", "input"))
                .isEqualTo(defused.stream().map(AnyTextTest::defused).toList());
        assertThat(column(fuseUsers, 2, "outcomes.csv", "outcome")).containsOnly("MALFORMED");
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(60);
        Arbitrary<String> pieces = Arbitraries.of(
                        "\\",
                        "\\.",
                        "\\N",
                        "\"",
                        ",",
                        ";",
                        "\t",
                        "\n",
                        "\r",
                        "\r\n",
                        "=",
                        "+",
                        "-",
                        "@",
                        "'",
                        "\u0001",
                        "\u001b[2J",
                        "\u007f",
                        "\u0085",
                        "\u2028",
                        "\u202e",
                        "\ufffe",
                        "\uff1d",
                        "😀",
                        "1",
                        "x",
                        " ",
                        "\u00a0")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
        return Arbitraries.frequencyOf(Tuple.of(1, any), Tuple.of(3, pieces))
                .map(AnyTextTest::decodable)
                .filter(text -> !text.isEmpty()
                        && text.length() <= LONGEST_KEPT
                        && !BLANK_AT_AN_END.matcher(text).find()
                        && !USER_ID.matcher(text).matches())
                .list()
                .ofSize(300);
    }

    /** Half a surrogate pair cannot be written in UTF-8, and a NUL is no text. */
    private static String decodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", "");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String defused(String text) {
        return FORMULA.matcher(text).find() ? "'" + text : text;
    }

    private static List<String> column(FuseUsers fuseUsers, long run, String file, String name) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser records = CSVParser.parse(fuseUsers.reportText(run, file), format)) {
            return records.stream()
                    .map(row -> Optional.ofNullable(row.get(name)).orElse(""))
                    .toList();
        }
    }
}
