package com.fuse.users.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fuse.users.input.InputException;
import com.fuse.users.input.InputSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not a row is counted, and what may be a mistake is noted. */
class InputNotesTest {
    private static final String CUT_OFF =
            "the last line has no line end, so the file may be cut off; --expect-rows N makes sure";

    private final Path folder;

    InputNotesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void anOrdinaryFileHasNoNotes() {
        assertThat(InputFile.text(folder, "user_id,note\n\n17,x\n\n\n18,\n").notes())
                .isEmpty();
    }

    @Test
    void blankRecordsAreCounted() {
        assertThat(InputFile.text(folder, "user_id,note\n,\n17,x\n").notes()).containsExactly("1 blank record");
        assertThat(InputFile.text(folder, "user_id,note\n17,x\n\"\"\n , \n\n\"\u00a0\",\"\",\n" + ",\n".repeat(1_200))
                        .notes())
                .containsExactly("1,203 blank records");
    }

    @Test
    void recordsOverSeveralLinesAreCounted() {
        assertThat(InputFile.text(folder, "user_id,note\n17,x\n18,\"a\nb\"\n").notes())
                .containsExactly("1 record goes over several lines, the first over lines 3 to 4");
        assertThat(InputFile.text(folder, "user_id,note\n17,\"a\rb\"\n18,\"c\r\nd\"\n")
                        .notes())
                .containsExactly("2 records go over several lines, the first over lines 2 to 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17\n18", "17\r18", "17\r\n18", "17\n18\n ", "user_id,note\n17,\"a\nb\""})
    void aLastLineWithoutAnEndIsNoted(String content) {
        assertThat(InputFile.text(folder, content).notes()).contains(CUT_OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "17\n", "17\r\n18\r", "17\n18\u001a", "user_id"})
    void aSingleLineOrAnEndedLastLineIsNotNoted(String content) {
        assertThat(InputFile.text(folder, content).notes()).isEmpty();
    }

    @Test
    void aRepeatedHeadingIsNoRow() {
        InputFile once = InputFile.text(folder, "user_id,E-Mail,,note\n17,a@b.org\nUser ID,email,,NOTE,\n18,c@b.org\n");

        assertThat(once.userIds()).containsExactly(17L, 18L);
        assertThat(once.notes()).containsExactly("1 repeated heading");
        assertThat(InputFile.text(folder, "username\nann\nusername\nUser Name\n\"username\"\n")
                        .notes())
                .containsExactly("3 repeated headings");
    }

    @Test
    void allNotesHaveOneOrder() {
        assertThat(InputFile.text(folder, "user_id,note\n,\nuser_id,note\n17,\"a\nb\"\n18,x")
                        .notes())
                .containsExactly(
                        "1 record goes over several lines, the first over lines 4 to 5",
                        "1 blank record",
                        CUT_OFF,
                        "1 repeated heading");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "user_id,note\\n17,x\\nid,name\\n           | another",
                "user_id,note\\n17,x\\nnote,user_id\\n      | another",
                "user_id,note\\n17,x\\nemail,user_id,note\\n | another",
                "username,note\\nann,x\\nlogin,name\\n      | another",
                "email\\na@b.org\\nmail\\n                  | another",
                "username\\nann\\nmail\\n                   | another",
                "17\\n18\\nuser_id\\n                       | a",
                "a@b.org\\n\\nemail,name\\n                 | a"
            })
    void anotherHeaderFurtherDownIsUnreadable(String content, String which) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() ->
                        InputFile.text(folder, content.replace("\\n", "\n")).rows())
                .withMessage(
                        "users.csv, line 3: there is %s header; remove the header, or put the rows below it into a file of their own, and run again."
                                .formatted(which));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_id,note\n17,email\n18,user_id\n", "user_id,note\n17,x\n18,id\n"})
    void aRowWhoseOtherFieldIsAHeadingIsARow(String content) {
        assertThat(InputFile.text(folder, content).userIds()).containsExactly(17L, 18L);
    }

    @Test
    void aUsernameMayBeAHeadingBesideAnIdentifier() {
        assertThat(InputFile.text(folder, "username,note\nann,login\nbob,mail\n")
                        .rows())
                .containsExactly(Rows.row(2, "ann", null), Rows.row(3, "bob", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user_id\\n7\\n8\\n2 | 4 | 2",
                "7\\n8\\n9\\n003\\n | 4 | 003",
                "id;x\\n7;\\n;y\\nx;\\n3; ;\\n\\n | 5 | 3"
            })
    void aLastRowThatIsTheNumberOfRowsAboveItIsMalformed(String content, long line, String value) {
        assertThat(InputFile.text(folder, content.replace("\\n", "\n")).rows())
                .last()
                .isEqualTo(
                        Rows.malformed(
                                line,
                                value,
                                "is the number of rows above it, so it may be their count; remove the row, or, if it is a user, use --user ID, and run again."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,x\n7\n8\n2,x\n", "id,x\n7\n2\n1\n", "id,x\n1\n2\n3\n", "id,x\n7\n1\n8\n", "id,x\n1\n"})
    void otherRowsWithASmallNumberAreUsers(String content) {
        assertThat(InputFile.text(folder, content).rows())
                .extracting(UserRecord::problem)
                .containsOnlyNulls();
    }

    @Test
    void usersOnTheCommandLineAreNoCount() {
        assertThat(new InputFile(InputSource.ofUserIds(List.of(5L, 1L))).userIds())
                .containsExactly(5L, 1L);
    }
}
