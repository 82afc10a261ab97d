package com.fuse.users.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A malformed row has a message and never identifies a user. */
class MalformedRowTest {
    private static final String GROUPED =
            "may hold one number with a thousands separator; write it without the separator, or put quotes around the user ID to make it certain, and run again.";

    private final Path folder;

    MalformedRowTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"12345.0", "1.2E+04", "1.234", "1 234", "1'234", "-5", "+5", "0x11", "17a", "١٧", "１７", "²"})
    void aValueThatIsNoPlainWholeNumberIsNoUserId(String value) {
        assertNoUserId(value, "does not consist of the digits 0 to 9 alone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "000"})
    void zeroIsNoUserId(String value) {
        assertNoUserId(value, "is not above 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "99999999999999999999999"})
    void aNumberThatIsTooLargeIsNoUserId(String value) {
        assertNoUserId(value, "has too many digits");
    }

    private void assertNoUserId(String value, String reason) {
        UserRecord expected =
                UserRecord.malformed(2, value, "user ID '" + value + "' " + reason + "; correct it and run again.");

        assertThat(InputFile.text(folder, "user_id\n" + value + "\n").rows()).containsExactly(expected);
        assertThat(InputFile.text(folder, "user_id\n\" " + value + " \"\n").rows())
                .containsExactly(expected);
        assertThat(InputFile.text(folder, "17\n" + value + "\n").rows().get(1)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "0017, 17",
        "000000000000000000000000000000000000009223372036854775807, 9223372036854775807",
        "9223372036854775807, 9223372036854775807",
        "1000000000000000000, 1000000000000000000"
    })
    void aUserIdMayHaveLeadingZeros(String value, Long userId) {
        assertThat(InputFile.text(folder, "user_id\n" + value + "\n").rows())
                .containsExactly(Rows.row(2, value, userId));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\u00a0", "\u2007", "\u202f", "\ufeff", "\u3000", " \u00a0\ufeff "})
    void blanksAroundAUserIdAreTrimmed(String blanks) {
        assertThat(InputFile.text(folder, "user_id;x\n" + blanks + "17" + blanks + ";y\n")
                        .rows())
                .containsExactly(Rows.row(2, "17", 17L));
    }

    @Test
    void anUnquotedThousandsSeparatorUnderAHeaderIsAnExtraField() {
        assertThat(InputFile.text(folder, "user_id\n1,234\n").rows())
                .containsExactly(
                        UserRecord.malformed(
                                2,
                                "1,234",
                                "has 2 fields, but the header has 1; put quotes around a value that holds the delimiter and run again."));
    }

    @Test
    void withoutAHeaderTheFirstRecordDeterminesTheNumberOfFields() {
        InputFile input = InputFile.text(folder, "17;x\n18;y;z\n");

        assertThat(input.read(new ColumnChoice("1", true, null), false).rows())
                .containsExactly(
                        Rows.row(1, "17", 17L),
                        UserRecord.malformed(
                                2,
                                "18;y;z",
                                "has 3 fields, but the first record has 2; put quotes around a value that holds the delimiter and run again."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234", "12,345", "123,456,789", "000,000", " 1,234 ", "1, 234", "1 ,\u00a0234,x"})
    void anIdThatMayBePartOfANumberWithThousandsSeparatorsIdentifiesNoUser(String record) {
        assertThat(InputFile.text(folder, "user_id,score,note\n" + record + "\n18,5,x\n")
                        .rows())
                .containsExactly(UserRecord.malformed(2, record, GROUPED), Rows.row(3, "18", 18L));
        assertThat(InputFile.text(folder, record + ",,\n18\n")
                        .read(new ColumnChoice("1", true, null), false)
                        .rows())
                .containsExactly(UserRecord.malformed(1, record, GROUPED), Rows.row(2, "18", 18L));
    }

    @Test
    void theDigitsBeforeAnIdAreNotItsThousands() {
        assertThat(InputFile.text(folder, "score,user_id,note\n12,345,x\n12,345,678\n")
                        .rows())
                .containsExactly(Rows.row(2, "345", 345L), UserRecord.malformed(3, "12,345,678", GROUPED));
    }

    @Test
    void anIdOfAnyIdentifyingColumnMayBePartOfANumber() {
        assertThat(InputFile.text(folder, "user_id,score,email\n,234,a@example.org\n1,234,a@example.org\n")
                        .rows())
                .extracting(UserRecord::problem)
                .containsExactly(null, GROUPED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "17,1234",
                "1234,567",
                "17,x",
                "17,23",
                "17,",
                "17,2x4",
                "\"1\",234",
                "1,\"234\"",
                "\"1\",\"234\"",
                "17,-23"
            })
    void otherFieldsAfterAUserIdAreNotThousands(String record) {
        assertThat(InputFile.text(folder, "user_id,score\n" + record + "\n").rows())
                .extracting(UserRecord::problem)
                .containsOnlyNulls();
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t"})
    void onlyACommaSeparatesThousands(String delimiter) {
        assertThat(InputFile.text(folder, "user_id,score\n1,234\n".replace(",", delimiter))
                        .rows())
                .containsExactly(Rows.row(2, "1", 1L));
    }

    @Test
    void aQuotedThousandsSeparatorIsNoUserId() {
        for (String first : List.of("user_id", "17")) {
            assertThat(InputFile.text(folder, first + "\n\"1,234\"\n").rows())
                    .last()
                    .isEqualTo(UserRecord.malformed(
                            2,
                            "1,234",
                            "user ID '1,234' does not consist of the digits 0 to 9 alone; correct it and run again."));
        }
    }

    @Test
    void aValueUnderABlankHeadingIsMalformed() {
        assertThat(InputFile.text(
                                folder, "user_id, ,note,\u00a0\n17,x,y\n18,\u00a0,y, \n19,,y,\"z\"\n20,,,,\n21,,,,u\n")
                        .rows())
                .containsExactly(
                        UserRecord.malformed(
                                2,
                                "17,x,y",
                                "has the value 'x' in column 2, which has no heading; name the column, or remove the value, and run again."),
                        Rows.row(3, "18", 18L),
                        UserRecord.malformed(
                                4,
                                "19,,y,z",
                                "has the value 'z' in column 4, which has no heading; name the column, or remove the value, and run again."),
                        Rows.row(5, "20", 20L),
                        UserRecord.malformed(
                                6,
                                "21,,,,u",
                                "has 5 fields, but the header has 3; put quotes around a value that holds the delimiter and run again."));
    }

    @Test
    void blankTrailingFieldsAreNoExtraFields() {
        assertThat(InputFile.text(folder, "user_id,note\n17,x,,\n18,,,\u00a0, \n19,\"\",\"\"\n")
                        .rows())
                .containsExactly(Rows.row(2, "17", 17L), Rows.row(3, "18", 18L), Rows.row(4, "19", 19L));
    }

    @ParameterizedTest
    @CsvSource({"user_id, user ID", "username, username", "email, e-mail address"})
    void aRowWithoutAnIdentifierSaysSo(String column, String label) {
        String problem = "has no " + label + "; write one and run again.";

        assertThat(InputFile.text(folder, "x," + column + ",y\n1,,2\n1\n1, \u00a0,\n,\"\",2\n")
                        .rows())
                .containsExactly(
                        UserRecord.malformed(2, "", problem),
                        UserRecord.malformed(3, "", problem),
                        UserRecord.malformed(4, "", problem),
                        UserRecord.malformed(5, "", problem));
    }

    @Test
    void aFieldOfMoreThan64KiBIsMalformedInAnyColumn() {
        String problem = "has a field of more than 65536 bytes; check its quotes, shorten it and run again.";
        String large = "1".repeat(1024 * 1024);

        assertThat(InputFile.text(folder, "user_id,note\n" + large + ",x\n17," + large + "\n18,x\n")
                        .rows())
                .containsExactly(
                        UserRecord.malformed(2, "1".repeat(256) + "…", problem),
                        UserRecord.malformed(3, "17", problem),
                        Rows.row(4, "18", 18L));
    }

    @Test
    void theSizeOfAFieldIsMeasuredInUtf8Bytes() {
        String header = "user_id,note\n";

        assertThat(InputFile.text(folder, header + "17," + "€".repeat(21_845) + "x\n")
                        .userIds())
                .containsExactly(17L);
        assertThat(InputFile.text(folder, header + "17," + "€".repeat(21_845) + "xx\n")
                        .rows()
                        .get(0)
                        .problem())
                .isNotNull();
        assertThat(InputFile.text(folder, header + "17," + "x".repeat(65_536) + "\n")
                        .userIds())
                .containsExactly(17L);
        assertThat(InputFile.text(folder, header + "17," + "x".repeat(65_537) + "\n")
                        .rows()
                        .get(0)
                        .problem())
                .isNotNull();
    }

    @Test
    void aValueIsNotCutWithinACharacter() {
        String value = "x".repeat(255) + "😀".repeat(20_000);

        assertThat(InputFile.text(folder, "username\n" + value + "\n")
                        .rows()
                        .get(0)
                        .value())
                .isEqualTo("x".repeat(255) + "…");
    }

    @Test
    void aMessageShowsFortyCharactersAndNoControlCharacter() {
        assertThat(InputFile.text(folder, "user_id\n17\u001b[31m\u202e\u200b\n\"17\nx\"\n" + "😀".repeat(41) + "\n")
                        .rows())
                .extracting(row -> String.valueOf(row.problem()).replaceFirst(" does not .*", ""))
                .containsExactly(
                        "user ID '17‹U+001B›[31m‹U+202E›‹U+200B›'",
                        "user ID '17‹U+000A›x'",
                        "user ID '" + "😀".repeat(40) + "…'");
    }
}
