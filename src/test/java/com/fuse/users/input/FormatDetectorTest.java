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
                "user_id                         | UTF-8, delimiter ',', header, column 1 'user_id' (user ID)",
                "name,email,user_id              | UTF-8, delimiter ',', header, column 3 'user_id' (user ID)",
                "name;email;user_id              | UTF-8, delimiter ';', header, column 3 'user_id' (user ID)",
                "name@email@user_id              | UTF-8, delimiter tab, header, column 3 'user_id' (user ID)",
                "\"name\";\"user_id\"            | UTF-8, delimiter ';', header, column 2 'user_id' (user ID)",
                "user_id,a;b;c;d                 | UTF-8, delimiter ',', header, column 1 'user_id' (user ID)",
                "a,b,c;user_id                   | UTF-8, delimiter ';', header, column 2 'user_id' (user ID)",
                "USER_ID                         | UTF-8, delimiter ',', header, column 1 'USER_ID' (user ID)",
                "` User ID `                     | UTF-8, delimiter ',', header, column 1 'User ID' (user ID)",
                "Id                              | UTF-8, delimiter ',', header, column 1 'Id' (user ID)",
                "Fuse_ID                         | UTF-8, delimiter ',', header, column 1 'Fuse_ID' (user ID)",
                "email,username,id               | UTF-8, delimiter ',', header, column 3 'id' (user ID)",
                "id,user_id                      | UTF-8, delimiter ',', header, column 2 'user_id' (user ID)",
                "email,Username                  | UTF-8, delimiter ',', header, column 2 'Username' (username)",
                "name,EMail                      | UTF-8, delimiter ',', header, column 2 'EMail' (e-mail address)",
                "17                              | UTF-8, delimiter ',', no header, column 1 (user ID)",
                "` 0017 `                        | UTF-8, delimiter ',', no header, column 1 (user ID)",
                "17;Anna, of Bern;x              | UTF-8, delimiter ';', no header, column 1 (user ID)",
                "17@Anna                         | UTF-8, delimiter tab, no header, column 1 (user ID)",
                "99999999999999999999            | UTF-8, delimiter ',', no header, column 1 (user ID)",
            })
    void theFirstRecordDeterminesTheFormat(String firstRecord, String description) {
        assertThat(InputFile.text(folder, firstRecord.replace('@', '\t') + "\n")
                        .format()
                        .describe())
                .isEqualTo(description);
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
        assertThat(InputFile.text(folder, "17,ü\n", Charset.forName("windows-1252"))
                        .format()
                        .describe())
                .isEqualTo("Windows-1252, delimiter ',', no header, column 1 (user ID)");
        assertThat(InputFile.bytes(folder, InputFile.gzip("17\n")).format().describe())
                .isEqualTo("gzip, UTF-8, delimiter ',', no header, column 1 (user ID)");
    }

    @Test
    void blankLinesBeforeTheFirstRecordAreSkipped() {
        InputFile input = InputFile.text(folder, "\n  \n\u00a0\t\nuser_id;x\n17;y\n");

        assertThat(input.format().describe()).isEqualTo("UTF-8, delimiter ';', header, column 1 'user_id' (user ID)");
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
                "users.csv: no column is known to identify users; found 'first', 'last'. Name one of them with --column and run again.");
    }

    @Test
    void theMessageNamesAtMostTenColumnsAndTheStartOfLongNames() {
        String header = "x".repeat(41) + ","
                + IntStream.rangeClosed(2, 11).mapToObj(i -> "c" + i).collect(Collectors.joining(","));

        assertUnreadable(
                header,
                null,
                "users.csv: no column is known to identify users; found '" + "x".repeat(40)
                        + "…', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9', 'c10'… (11 in all). Name one of them with --column and run again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345.0", "-5", "1.2E+04", "'1,234'"})
    void aFirstRecordThatIsNotQuiteANumberIsNoUserId(String first) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> InputFile.text(folder, first.replace('\'', '"') + "\n17\n")
                        .format())
                .withMessage("users.csv: no column is known to identify users; found '" + first.replace("'", "")
                        + "'. Name one of them with --column and run again.");
    }

    @Test
    void anUnknownColumnIsUnreadable() {
        assertUnreadable(
                "user_id,name\n",
                "staff",
                "users.csv: there is no column 'staff'; found 'user_id', 'name'. Name one of them with --column and run again.");
    }

    @Test
    void aColumnOfAFileWithoutHeaderIsUnreadable() {
        assertUnreadable(
                "17,bob\n",
                "bob",
                "users.csv: there is no column 'bob', because the file has no header: its first record is '17', 'bob';"
                        + " add a header, or leave --column out to use the first column, and run again.");
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
