package com.fuse.users.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record with a field that contains lines which would be rows is malformed, and the message names these lines. */
class SwallowedLinesTest {
    private static final String REMEDY = "; remove the stray quote and run again.";

    private final Path folder;

    SwallowedLinesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aStrayQuoteSwallowsNoRowInSilence(String lineEnd) {
        String content = String.join(lineEnd, "user_id,note", "17,\"a", "18,b", "19,c", "20,d\"", "21,e", "");

        assertThat(InputFile.text(folder, content).rows())
                .containsExactly(
                        Rows.malformed(
                                2,
                                String.join(lineEnd, "17,a", "18,b", "19,c", "20,d"),
                                "a quoted field contains lines 3, 4, 5, which would be rows by themselves" + REMEDY),
                        Rows.row(6, "21", 21L));
    }

    @Test
    void oneLineIsNamedAloneAndManyAreCounted() {
        assertThat(problems("user_id,note\n17,\"a\n18,b\"\n"))
                .containsExactly("a quoted field contains line 3, which would be a row by itself" + REMEDY);
        assertThat(problems("user_id,note\n17,\"a\n18,b\n19,c\n20,d\n21,e\n22,f\"\n"))
                .containsExactly(
                        "a quoted field contains lines 3, 4, 5 and 2 more, which would be rows by themselves" + REMEDY);
    }

    @Test
    void linesOfALaterFieldCountFromTheStartOfTheRecord() {
        assertThat(problems("user_id,a,b\n1,x,y\n\n17,\"two\r\nlines\",\"\r\r\n18,x,y\n\n19,z,\"\n"))
                .containsExactly(
                        null, "a quoted field contains lines 7, 9, which would be rows by themselves" + REMEDY);
    }

    @Test
    void linesOfSeveralFieldsAreNamedTogether() {
        assertThat(problems("a,user_id\n\"x\ny,17\",\"18\ny,19\"\n"))
                .containsExactly("a quoted field contains lines 3, 4, which would be rows by themselves" + REMEDY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 High Street\nSpringfield",
                "x\n18",
                "x\n18,b,c",
                "x\n,b",
                "x\nb,18",
                "x\n18.0,b",
                "x\n0,b",
                "18,b",
                "x\n18;b"
            })
    void linesThatWouldBeNoRowsAreKept(String note) {
        assertThat(InputFile.text(folder, "user_id,note\n17,\"" + note + "\"\n").rows())
                .containsExactly(Rows.row(2, "17", 17L));
    }

    @ParameterizedTest
    @CsvSource({"18,true", "'18,b', true", "'18,b,, ', true", "'\u00a0018 ,b', true", "'18,b,c', false"})
    void blankTrailingFieldsOfALineDoNotCount(String line, boolean row) {
        String header = line.contains(",") ? "user_id,note" : "user_id";

        assertThat(problems(header + "\n\"17\n" + line + "\"\n").get(0))
                .isEqualTo(
                        row
                                ? "a quoted field contains line 3, which would be a row by itself" + REMEDY
                                : "user ID '17‹U+000A›18,b,c' does not consist of the digits 0 to 9 alone; correct it and run again.");
    }

    @Test
    void aLineWithAnEmailAddressWouldBeARow() {
        assertThat(problems("email,note\na@b.org,\"x\nc@b.org,y\"\na@b.org,\"x\nc at b.org,y\"\n"))
                .containsExactly("a quoted field contains line 3, which would be a row by itself" + REMEDY, null);
    }

    @Test
    void aUsernameWouldBeARowIfItExists() {
        UserRecord row = InputFile.text(folder, "username,note\nann,\"x\nbob,y\n\ncarl ,z\"\n")
                .rows()
                .get(0);

        assertThat(row)
                .isEqualTo(new UserRecord(
                        2,
                        "ann",
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of("bob", "carl"),
                        "a quoted field contains lines 3, 5, which would be rows by themselves" + REMEDY));
    }

    @Test
    void anotherProblemOfTheRowRemainsIfNoneOfTheUsernamesExists() {
        String content = "username,active,note\nann,perhaps,\"x\nbob,y,z\"\n";

        assertThat(InputFile.text(folder, content).rows())
                .containsExactly(Rows.malformed(
                        2,
                        "ann",
                        "'perhaps' does not tell whether the user is active; write true or false and run again."));
    }

    private List<String> problems(String content) {
        return InputFile.text(folder, content).rows().stream()
                .map(UserRecord::problem)
                .toList();
    }
}
