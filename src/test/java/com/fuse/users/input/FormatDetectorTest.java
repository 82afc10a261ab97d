package com.fuse.users.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.input.Layout.IdentifyingColumn;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatDetectorTest {
    private final Path folder;

    FormatDetectorTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "user_id             | ',', header, column 1 'user_id' (user ID)",
                "name,user_id        | ',', header, column 2 'user_id' (user ID); not used: 'name'",
                "name;user_id        | ';', header, column 2 'user_id' (user ID); not used: 'name'",
                "name@user_id        | tab, header, column 2 'user_id' (user ID); not used: 'name'",
                "\"name\";\"user_id\" | ';', header, column 2 'user_id' (user ID); not used: 'name'",
                "user_id,a;b;c;d     | ',', header, column 1 'user_id' (user ID); not used: 'a;b;c;d'",
                "a,b,c;user_id       | ';', header, column 2 'user_id' (user ID); not used: 'a,b,c'",
                "user_id,,a, ,       | ',', header, column 1 'user_id' (user ID); not used: 'a'",
                "user_id;;           | ';', header, column 1 'user_id' (user ID)",
                "id,user_id          | ',', header, column 2 'user_id' (user ID); not used: 'id'",
                "User-ID,Fuse ID,id  | ',', header, column 1 'User-ID' (user ID); not used: 'Fuse ID', 'id'",
                "mail,login,id       | ',', header, column 3 'id' (user ID), compared with column 2 'login' (username), column 1 'mail' (e-mail address)",
                "email,Username      | ',', header, column 2 'Username' (username), compared with column 1 'email' (e-mail address)",
                "id;Active;x         | ';', header, column 1 'id' (user ID), state in column 2 'Active'; not used: 'x'",
                "17                  | ',', no header, column 1 (user ID)",
                "` 0017 `            | ',', no header, column 1 (user ID)",
                "\"17\",,            | ',', no header, column 1 (user ID)",
                "17;;                | ';', no header, column 1 (user ID)",
                "17;\u00a0          | ';', no header, column 1 (user ID)",
                "17@                 | tab, no header, column 1 (user ID)",
                "99999999999999999999 | ',', no header, column 1 (user ID)",
            })
    void theFirstRecordDeterminesTheFormat(String firstRecord, String description) {
        assertThat(InputFile.text(folder, firstRecord.replace('@', '\t') + "\n")
                        .format()
                        .describe())
                .isEqualTo("UTF-8, delimiter " + description);
    }

    @ParameterizedTest
    @CsvSource({
        "USER_ID, USER_ID",
        "UserId, USER_ID",
        "User-ID, USER_ID",
        "' User\u00a0ID\u200b ', USER_ID",
        "Fuse_ID, USER_ID",
        "fuse user id, USER_ID",
        "Id, USER_ID",
        "Username, USERNAME",
        "User Name, USERNAME",
        "LOGIN, USERNAME",
        "login name, USERNAME",
        "User-Login, USERNAME",
        "EMail, EMAIL",
        "e-mail, EMAIL",
        "Mail, EMAIL",
        "Email Address, EMAIL",
        "E-Mail_Address, EMAIL",
        "mail address, EMAIL"
    })
    void theUsualHeadingsAreKnown(String heading, Identifier identifier) {
        InputFormat format = InputFile.text(folder, "note;" + heading + ";x\n").format();

        assertThat(format.layout().identifying()).containsExactly(new IdentifyingColumn(identifier, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void anEmailAddressInTheOnlyFieldIsTheFirstRow(String delimiter) {
        for (String first : List.of("ann@example.org", "ann@example.org" + delimiter + delimiter)) {
            InputFile input = InputFile.text(folder, first + "\nBob@example.org\n");

            assertThat(input.format().describe()).endsWith(", no header, column 1 (e-mail address)");
            assertThat(input.rows())
                    .containsExactly(Rows.row(1, "ann@example.org", null), Rows.row(2, "Bob@example.org", null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep=;\n", "SEP=;\r\n", "\"sep=;\"\r", "\ufeffsep=;\n"})
    void aFirstLineMayStateTheDelimiter(String line) {
        InputFile input = InputFile.text(folder, line + "user_id;a,b\n17;x\n");

        assertThat(input.format().describe())
                .endsWith(", delimiter ';' from the first line, header, column 1 'user_id' (user ID); not used: 'a,b'");
        assertThat(input.rows()).containsExactly(Rows.row(3, "17", 17L));
        assertThat(input.notes()).isEmpty();
    }

    @Test
    void theStatedDelimiterMayBeAnyCharacter() {
        InputFile input = InputFile.text(folder, "sep=|\nuser_id|a,b,c\n17|x\n");

        assertThat(input.format().describe())
                .isEqualTo(
                        "UTF-8, delimiter '|' from the first line, header, column 1 'user_id' (user ID); not used: 'a,b,c'");
        assertThat(input.userIds()).containsExactly(17L);
    }

    @Test
    void theStatedDelimiterCountsAlsoWithoutAHeader() {
        InputFile input = InputFile.text(folder, "sep=;\n17\n18;\n");

        assertThat(input.format().describe())
                .isEqualTo("UTF-8, delimiter ';' from the first line, no header, column 1 (user ID)");
        assertThat(input.rows()).containsExactly(Rows.row(2, "17", 17L), Rows.row(3, "18", 18L));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "17,ann\\n18,bob            | 2 fields: '17', 'ann'. State the column of the users with --no-header --column N",
                "1;ann@example.org\\n2;bob@example.org | 2 fields: '1', 'ann@example.org'. State the column of the users with --no-header --column N",
                "300,301,302              | 3 fields: '300', '301', '302'. Write one user per line",
                "a@b.org;c@b.org          | 2 fields: 'a@b.org', 'c@b.org'. Write one user per line"
            })
    void withoutAHeaderSeveralFieldsAreUnreadable(String content, String problem) {
        assertUnreadable(
                content.replace("\\n", "\n") + "\n",
                null,
                "users.csv: there is no header, and the first record has " + problem + " and run again.");
    }

    @Test
    void theOperatorStatesTheColumnOfAFileWithoutAHeader() {
        InputFile input = InputFile.text(folder, "1;x;17@example.org;\n2;17\n");

        assertThat(input.format(new ColumnChoice("3", true, null)).describe())
                .isEqualTo("UTF-8, delimiter ';', no header, column 3 (e-mail address); not used: 2 columns");
        assertThat(input.format(new ColumnChoice("1", true, null)).describe())
                .isEqualTo("UTF-8, delimiter ';', no header, column 1 (user ID); not used: 2 columns");
        assertThat(input.format(new ColumnChoice("2", true, Identifier.USERNAME))
                        .describe())
                .isEqualTo("UTF-8, delimiter ';', no header, column 2 (username); not used: 2 columns");
    }

    @Test
    void theFirstOfSeveralUsernamesWithoutAHeaderIsARow() {
        InputFile input = InputFile.text(folder, "ann\nuser_id\n");

        assertThat(input.read(new ColumnChoice("1", true, Identifier.USERNAME), false)
                        .rows())
                .containsExactly(Rows.row(1, "ann", null), Rows.row(2, "user_id", null));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "3 | 17,x   | there is no column 3; the first record is '17', 'x'. Correct --column and run again.",
                "` ` | 17,x | the first record has 2 fields: '17', 'x'. State the column of the users with --column N and run again.",
                "2 | 17,x   | it is not known how 'x' identifies a user; state it with --identifier and run again."
            })
    void aColumnOfAFileWithoutAHeaderMustBeCertain(String column, String record, String problem) {
        ColumnChoice choice = new ColumnChoice(column.isBlank() ? null : column, true, null);

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> InputFile.text(folder, record + "\n").format(choice))
                .withMessage("users.csv: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "17,mail              |     | 17",
                "user_id,a@example.org |     | a@example.org",
                "17,bob               | bob | 17",
                "bob,a@example.org    | bob | a@example.org"
            })
    void aHeadingThatLooksLikeAUserIsUnreadable(String header, @Nullable String column, String user) {
        assertUnreadable(
                header + "\n",
                column,
                "users.csv: the first record has '" + user
                        + "', which looks like a user, not like a heading. Rename that heading, or, if there is no header,"
                        + " state the column of the users with --no-header --column N, and run again.");
    }

    @ParameterizedTest
    @CsvSource({
        "Staff E-Mail, EMAIL",
        "LOGIN, USERNAME",
        "user name, USERNAME",
        "Fuse_Username, USERNAME",
        "number, USER_ID"
    })
    void theNameOfAChosenColumnDeterminesItsIdentifier(String column, Identifier identifier) {
        InputFormat format =
                InputFile.text(folder, "user_id, " + column + " ,x\n").format(column.toLowerCase(Locale.ROOT));

        assertThat(format.layout().identifying()).containsExactly(new IdentifyingColumn(identifier, 1));
        assertThat(format.heading(identifier)).isEqualTo(column);
    }

    @Test
    void aChosenColumnDeterminesTheDelimiter() {
        assertThat(InputFile.text(folder, "a,b,c;staff number\n").format("Staff Number"))
                .isEqualTo(new InputFormat(
                        StandardCharsets.UTF_8,
                        false,
                        false,
                        ';',
                        false,
                        new Layout(
                                List.of("a,b,c", "staff number"),
                                2,
                                List.of(new IdentifyingColumn(Identifier.USER_ID, 1)),
                                null,
                                null)));
    }

    @Test
    void theDescriptionNamesEncodingAndCompression() {
        assertThat(InputFile.text(folder, "\ufeffuser_id\n").format().describe())
                .isEqualTo("UTF-8 with BOM, delimiter ',', header, column 1 'user_id' (user ID)");
        assertThat(InputFile.text(folder, "17\nü\n", Charset.forName("windows-1252"))
                        .format()
                        .describe())
                .isEqualTo("Windows-1252, delimiter ',', no header, column 1 (user ID)");
        assertThat(InputFile.bytes(folder, InputFile.gzip("17\n")).format().describe())
                .isEqualTo("gzip, UTF-8, delimiter ',', no header, column 1 (user ID)");
    }

    @Test
    void blankLinesBeforeTheFirstRecordAreSkipped() {
        InputFile input = InputFile.text(folder, "\n  \n\u00a0\t\nuser_id;x\n17;y\n");

        assertThat(input.format().describe())
                .isEqualTo("UTF-8, delimiter ';', header, column 1 'user_id' (user ID); not used: 'x'");
        assertThat(input.rows()).containsExactly(Rows.row(5, "17", 17L));
    }

    @Test
    void aHeaderWithoutRowsIsAnInputWithoutRows() {
        assertThat(InputFile.text(folder, "user_id,name").rows()).isEmpty();
        assertThat(InputFile.text(folder, "user_id,name\r\n").rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", " \r\n\t\n", "\ufeff", "\ufeff\n\u00a0\n"})
    void aFileOfOnlyBlankLinesIsUnreadable(String content) {
        assertUnreadable(content, null, "users.csv: the file has only blank lines; export it and run again.");
    }

    @Test
    void withoutAKnownColumnTheMessageNamesTheColumns() {
        assertUnreadable(
                "first;last\n",
                null,
                "users.csv: no column is known to identify users; found 'first', 'last'. Name one of them with --column, or, if this is a user, use --no-header --column 1 --identifier username, and run again.");
    }

    @Test
    void theMessageNamesAtMostTenColumnsAndTheStartOfLongNames() {
        String header = "x".repeat(41) + ","
                + IntStream.rangeClosed(2, 11).mapToObj(i -> "c" + i).collect(Collectors.joining(","));

        assertUnreadable(
                header,
                null,
                "users.csv: no column is known to identify users; found '" + "x".repeat(40)
                        + "…', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9', 'c10'… (11 in all). Name one of them with --column, or, if this is a user, use --no-header --column 1 --identifier username, and run again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345.0", "-5", "1.2E+04", "'1,234'"})
    void aFirstRecordThatIsNotQuiteANumberIsNoUserId(String first) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> InputFile.text(folder, first.replace('\'', '"') + "\n17\n")
                        .format())
                .withMessage(
                        "users.csv: no column is known to identify users; found '" + first.replace("'", "")
                                + "'. Name one of them with --column, or, if this is a user, use --no-header --column 1 --identifier username, and run again.");
    }

    @Test
    void anUnknownColumnIsUnreadable() {
        assertUnreadable(
                "user_id,name\n",
                "staff",
                "users.csv: there is no column 'staff'; found 'user_id', 'name'. Name one of them with --column, or use --no-header, and run again.");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "user_id,x,User ID   |         | 'user_id', 'User ID'",
                "id,x,Fuse ID        |         | 'id', 'Fuse ID'",
                "email,EMAIL         |         | 'email', 'EMAIL'",
                "user_id,staff,Staff | staff   | 'staff', 'Staff'"
            })
    void severalColumnsThatCouldIdentifyUsersAreUnreadable(String header, @Nullable String column, String named) {
        assertUnreadable(
                header,
                column,
                "users.csv: several columns could identify users: " + named
                        + "; rename or remove all but one and run again.");
    }

    private void assertUnreadable(String content, @Nullable String column, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> InputFile.text(folder, content).format(column))
                .withMessage(message)
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT));
    }
}
