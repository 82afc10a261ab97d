package com.fuse.users.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.input.Layout.IdentifyingColumn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The column of successors is found by its name, is read like user IDs, and is ignored by commands without successors.
 */
class SuccessorColumnTest {

    private static final String NO_USER_ID =
            "the successor's user ID '%s' does not consist of the digits 0 to 9 alone; correct it and run again.";

    private final Path folder;

    SuccessorColumnTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "user_id,transfer_admin_to             | ',', header, column 1 'user_id' (user ID), successors in column 2 'transfer_admin_to'",
                "transfer_admin_to,user_id             | ',', header, column 2 'user_id' (user ID), successors in column 1 'transfer_admin_to'",
                "TRANSFER_ADMIN_TO,id                  | ',', header, column 2 'id' (user ID), successors in column 1 'TRANSFER_ADMIN_TO'",
                "id;Transfer Admin To                  | ';', header, column 1 'id' (user ID), successors in column 2 'Transfer Admin To'",
                "username@x@transfer admin_to          | tab, header, column 1 'username' (username), successors in column 3 'transfer admin_to'; not used: 'x'",
                "\"Email\";\" Transfer_Admin To \"     | ';', header, column 1 'Email' (e-mail address), successors in column 2 'Transfer_Admin To'",
                "` user_id ,\u00a0transfer_admin_to\ufeff` | ',', header, column 1 'user_id' (user ID), successors in column 2 'transfer_admin_to'",
                "user_id,transfer_admin                | ',', header, column 1 'user_id' (user ID); not used: 'transfer_admin'",
                "user_id,transfer-admin-to             | ',', header, column 1 'user_id' (user ID), successors in column 2 'transfer-admin-to'",
                "user_id,transferadminto               | ',', header, column 1 'user_id' (user ID), successors in column 2 'transferadminto'",
                "user_id,transfer  admin  to           | ',', header, column 1 'user_id' (user ID), successors in column 2 'transfer  admin  to'"
            })
    void isFoundByItsNameAndDescribed(String header, String description) {
        assertThat(format(header.replace('@', '\t') + "\n", null).describe())
                .isEqualTo("UTF-8, delimiter " + description);
    }

    @Test
    void isIgnoredByACommandWithoutSuccessors() {
        InputFile input = InputFile.text(folder, "user_id,transfer_admin_to,Transfer Admin To\n1,x,y\n");

        assertThat(input.format().describe())
                .isEqualTo("UTF-8, delimiter ',', header, column 1 'user_id' (user ID); not used: 'transfer_admin_to',"
                        + " 'Transfer Admin To'");
        assertThat(input.format().namesSuccessors()).isFalse();
        assertThat(input.rows()).containsExactly(Rows.row(2, "1", 1L));
    }

    @Test
    void theDescriptionNamesItAfterEverythingElse() {
        InputFile compressed = InputFile.bytes(folder, InputFile.gzip("user_id;transfer_admin_to\n"));

        assertThat(format(compressed, null).describe())
                .isEqualTo("gzip, UTF-8, delimiter ';', header, column 1 'user_id' (user ID), successors in column 2"
                        + " 'transfer_admin_to'");
        assertThat(format("\ufeffuser_id,transfer_admin_to\n", null))
                .isEqualTo(new InputFormat(
                        StandardCharsets.UTF_8,
                        true,
                        false,
                        ',',
                        false,
                        new Layout(
                                List.of("user_id", "transfer_admin_to"),
                                2,
                                List.of(new IdentifyingColumn(Identifier.USER_ID, 0)),
                                1,
                                null)));
    }

    @Test
    void aFileWithoutAHeaderHasNoSuchColumn() {
        assertThat(InputFile.text(folder, "1;900\n2;x\n")
                        .read(new ColumnChoice("1", true, null), true)
                        .rows())
                .containsExactly(Rows.row(1, "1", 1L), Rows.row(2, "2", 2L));
    }

    @ParameterizedTest
    @CsvSource({
        "user_id,USER_ID",
        "username,USERNAME",
        "email,EMAIL",
    })
    void isReadWithEveryIdentifier(String column, Identifier identifier) {
        Long userId = identifier == Identifier.USER_ID ? 1L : null;

        assertThat(rows("transfer_admin_to," + column + "\n900,1\n", null))
                .containsExactly(Rows.withSuccessor(2, "1", userId, "900"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\u00a0", "\u2007", "\u202f", "\ufeff", "\u3000", " \u00a0\ufeff "})
    void blanksAroundASuccessorAreTrimmed(String blanks) {
        assertThat(rows("user_id;transfer_admin_to\n1;" + blanks + "900" + blanks + "\n", null))
                .containsExactly(Rows.withSuccessor(2, "1", 1L, "900"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0", "\"\"", "\" \u00a0\ufeff\""})
    void anEmptyCellNamesNoSuccessor(String cell) {
        assertThat(rows("user_id;transfer_admin_to\n1;" + cell + "\n", null)).containsExactly(Rows.row(2, "1", 1L));
    }

    @Test
    void aRecordThatEndsBeforeTheColumnNamesNoSuccessor() {
        assertThat(rows("user_id,name,transfer_admin_to\n1\n2,b\n3,c,\n4,d,900\n", null))
                .containsExactly(
                        Rows.row(2, "1", 1L),
                        Rows.row(3, "2", 2L),
                        Rows.row(4, "3", 3L),
                        Rows.withSuccessor(5, "4", 4L, "900"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "900",
                "0900",
                "0000000000000000000000000000000000900",
                "1",
                "9223372036854775807",
                "09223372036854775807"
            })
    void leadingZerosAndTheLargestIdAreAllowed(String cell) {
        assertThat(rows("user_id;transfer_admin_to\n5;" + cell + "\n", null))
                .containsExactly(Rows.withSuccessor(2, "5", 5L, cell));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-900",
                "+900",
                "900.0",
                "9E+02",
                "9 00",
                "900x",
                "user900",
                "user900@example.org",
                "\u0669\u0660\u0660",
                "\uff19\uff10\uff10",
                "null",
                "'900"
            })
    void aCellThatIsNoUserIdMakesTheRowMalformed(String cell) {
        UserRecord malformed = Rows.malformedWithSuccessor(2, "5", cell, NO_USER_ID.formatted(cell));

        assertThat(rows("user_id;transfer_admin_to\n5;" + cell + "\n", null)).containsExactly(malformed);
        assertThat(rows("user_id;transfer_admin_to\n5;\" " + cell + "\u00a0\"\n", null))
                .containsExactly(malformed);
    }

    @ParameterizedTest
    @CsvSource({
        "0, is not above 0",
        "000, is not above 0",
        "9223372036854775808, has too many digits",
        "99999999999999999999999, has too many digits"
    })
    void aNumberThatIsNoUserIdMakesTheRowMalformed(String cell, String reason) {
        assertThat(rows("user_id;transfer_admin_to\n5;" + cell + "\n", null))
                .containsExactly(Rows.malformedWithSuccessor(
                        2,
                        "5",
                        cell,
                        "the successor's user ID '%s' %s; correct it and run again.".formatted(cell, reason)));
    }

    @Test
    void aSuccessorMustBeAUserIdEvenIfUsersAreIdentifiedByUsername() {
        assertThat(rows("username,transfer_admin_to\nann,bob\nbob,900\n", null))
                .containsExactly(
                        Rows.malformedWithSuccessor(2, "ann", "bob", NO_USER_ID.formatted("bob")),
                        Rows.withSuccessor(3, "bob", null, "900"));
    }

    @Test
    void theMessageQuotesOnlyTheStartOfALongMalformedSuccessor() {
        String problem = rows("user_id;transfer_admin_to\n5;" + "x".repeat(5_000) + "\n", null)
                .get(0)
                .problem();

        assertThat(problem)
                .startsWith("the successor's user ID 'xxx")
                .contains("x…'")
                .hasSizeLessThan(300);
    }

    @Test
    void anOversizedSuccessorIsReportedAsAnOversizedField() {
        assertThat(rows("user_id;transfer_admin_to\n5;" + "9".repeat(64 * 1024 + 1) + "\n", null))
                .containsExactly(UserRecord.malformed(
                        2, "5", "has a field of more than 65536 bytes; check its quotes, shorten it and run again."));
    }

    @Test
    void theIdOfTheUserIsCheckedFirst() {
        assertThat(rows("user_id,transfer_admin_to\n5.0,x\n,y\n", null))
                .extracting(UserRecord::problem)
                .containsExactly(
                        "user ID '5.0' does not consist of the digits 0 to 9 alone; correct it and run again.",
                        "has no user ID; write one and run again.");
    }

    @Test
    void aThousandsSeparatorInTheCellIsAnExtraField() {
        assertThat(rows("user_id,transfer_admin_to\n5,1,234\n", null))
                .containsExactly(UserRecord.malformed(
                        2,
                        "5,1,234",
                        "has 3 fields, but the header has 2; put quotes around a value that holds the delimiter and run"
                                + " again."));
    }

    @Test
    void namesNoSuccessorsIfItIsTheColumnThatIdentifiesUsers() {
        String content = "user_id,transfer_admin_to\n5,900\n6,x\n";

        assertThat(format(content, "transfer_admin_to").describe())
                .isEqualTo("UTF-8, delimiter ',', header, column 2 'transfer_admin_to' (user ID); not used: 'user_id'");
        assertThat(format(content, " Transfer_Admin_To ").namesSuccessors()).isFalse();
        assertThat(rows(content, "transfer_admin_to").get(0)).isEqualTo(Rows.row(2, "900", 900L));
        assertThat(rows(content, "transfer_admin_to").get(1).problem()).startsWith("user ID 'x' does not");
    }

    @Test
    void isAlsoFoundWithAChosenColumn() {
        assertThat(format("staff;transfer_admin_to\n5;900\n", "staff").describe())
                .isEqualTo("UTF-8, delimiter ';', header, column 1 'staff' (user ID), successors in column 2"
                        + " 'transfer_admin_to'");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "user_id,transfer_admin_to,transfer_admin_to | 'transfer_admin_to', 'transfer_admin_to'",
                "transfer admin to,user_id,Transfer_Admin_To | 'transfer admin to', 'Transfer_Admin_To'"
            })
    void twoSuchColumnsAreUnreadable(String header, String named) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> format(header + "\n", null))
                .withMessage("users.csv: several columns could name successors: " + named
                        + "; rename or remove all but one and run again.")
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT));
    }

    @Test
    void doesNotIdentifyUsersIfItIsTheOnlyColumn() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> format("transfer_admin_to\n900\n", null))
                .withMessageContaining("no column is known to identify users; found 'transfer_admin_to'");
    }

    private InputFormat format(String content, @Nullable String column) {
        return format(InputFile.text(folder, content), column);
    }

    private static InputFormat format(InputFile input, @Nullable String column) {
        return input.read(new ColumnChoice(column, false, null), true).format();
    }

    private List<UserRecord> rows(String content, @Nullable String column) {
        return InputFile.text(folder, content)
                .read(new ColumnChoice(column, false, null), true)
                .rows();
    }
}
