package com.fuse.users.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fuse.users.csv.UserRecord.Names;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first identifier that has a value decides, and the others are kept to be compared. */
class SeveralIdentifiersTest {
    private final Path folder;

    SeveralIdentifiersTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void theFirstIdentifierThatHasAValueDecides() {
        assertThat(InputFile.text(
                                folder,
                                "email;user_id;login\n A@b.org ;17; ann\nc@b.org;\u00a0;carl\nd@b.org\n;18\n;;eve\n;\"\";\n")
                        .rows())
                .extracting(UserRecord::line, UserRecord::value, UserRecord::userId, UserRecord::names)
                .containsExactly(
                        tuple(2L, "17", 17L, new Names("ann", "A@b.org")),
                        tuple(3L, "carl", null, new Names("carl", "c@b.org")),
                        tuple(4L, "d@b.org", null, new Names(null, "d@b.org")),
                        tuple(5L, "18", 18L, new Names(null, null)),
                        tuple(6L, "eve", null, new Names("eve", null)));
    }

    @Test
    void aDecidingUserIdThatIsNoneIsNotReplacedByTheNextIdentifier() {
        assertThat(InputFile.text(folder, "user_id,email\n17x,a@b.org\n").rows())
                .containsExactly(Rows.malformed(
                        2,
                        "17x",
                        "user ID '17x' does not consist of the digits 0 to 9 alone; correct it and run again."));
    }

    @Test
    void aRowWithoutAnyIdentifierSaysSo() {
        assertThat(InputFile.text(folder, "user_id,username,email,note\n,, ,x\n")
                        .rows())
                .containsExactly(Rows.malformed(
                        2, "", "has no user ID and no username and no e-mail address; write one and run again."));
    }

    @Test
    void onlyTheChosenColumnCounts() {
        assertThat(InputFile.text(folder, "user_id,email\n17,a@b.org\n,b@b.org\n")
                        .rows("E-Mail"))
                .containsExactly(Rows.row(2, "a@b.org", null), Rows.row(3, "b@b.org", null));
    }

    @ParameterizedTest
    @CsvSource({
        "true, true",
        "T, true",
        "Yes, true",
        "y, true",
        "1, true",
        "false, false",
        "F, false",
        "NO, false",
        "n, false",
        "0, false"
    })
    void aRowMayStateWhetherItsUserIsActive(String cell, boolean active) {
        assertThat(InputFile.text(folder, "Active;user_id\n\u00a0" + cell + " ;17\n")
                        .rows())
                .extracting(UserRecord::userId, UserRecord::active, UserRecord::problem)
                .containsExactly(tuple(17L, active, null));
    }

    @Test
    void aBlankStateStatesNothing() {
        assertThat(InputFile.text(folder, "user_id,active\n17,\n18, \n19\n").rows())
                .containsExactly(Rows.row(2, "17", 17L), Rows.row(3, "18", 18L), Rows.row(4, "19", 19L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "2", "inactive", "true false"})
    void anotherWordIsNoState(String cell) {
        assertThat(InputFile.text(folder, "user_id,active\n17," + cell + "\n").rows())
                .containsExactly(Rows.malformed(
                        2,
                        "17",
                        "'" + cell + "' does not tell whether the user is active; write true or false and run again."));
    }

    @Test
    void invisibleCharactersOfANameAreShown() {
        assertThat(InputFile.text(folder, "username\n\u200bann\nan\u00adn\u202e\njosé\n")
                        .rows())
                .extracting(UserRecord::value, UserRecord::shown)
                .containsExactly(
                        tuple("\u200bann", "‹U+200B›ann (U+200B at position 1)"),
                        tuple("an\u00adn\u202e", "an‹U+00AD›n‹U+202E› (U+00AD at position 3)"),
                        tuple("josé", null));
    }
}
