package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Any text of a field passes from the input through the database to the report without harm. */
@ExtendWith(TestPlatform.class)
record CellsTest(World world, FuseUsers fuseUsers) {

    @Test
    void everyTextIsReportedUnchanged() throws IOException {
        List<String> usernames = List.of(
                "quo\"te",
                "\"quoted\"",
                "back\\slash",
                "\\.",
                "\\N",
                "two\nlines",
                "carriage\r\nreturn",
                "tab\tinside",
                "semi;colon,comma",
                "it's",
                "<b>&amp;",
                "ünï\u00e7ode \ud83d\ude00");
        long id = 0;
        for (String username : usernames) {
            world.execute("insert into users (id, username) values (?, ?)", ++id, username);
        }

        int exit = deactivate(usernames);

        assertThat(exit).isZero();
        assertThat(world.count("select count(*) from users where active")).isZero();
        assertThat(world.texts("select input from fuse_batch.run_rows order by line"))
                .isEqualTo(usernames);
        assertThat(column(1, "outcomes.csv", "input")).isEqualTo(usernames);
        assertThat(column(1, "outcomes.csv", "line"))
                .containsExactly("2", "3", "4", "5", "6", "7", "9", "11", "12", "13", "14", "15");
    }

    @Test
    void formulasAreNeutralizedInEveryFile() throws IOException {
        List<String> formulas = List.of(
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\n=1+1",
                "\r\n=1+1",
                "\uff1d1+1",
                "\uff0b1",
                "\uff0d1",
                "\uff20SUM(A1)",
                "1=1",
                "'=1+1");
        List<String> defused = List.of(
                "'=1+1",
                "'+1",
                "'-1",
                "'@SUM(A1)",
                "'\n=1+1",
                "'\r\n=1+1",
                "'\uff1d1+1",
                "'\uff0b1",
                "'\uff0d1",
                "'\uff20SUM(A1)",
                "1=1",
                "'=1+1");

        int exit = deactivate(formulas);

        assertThat(exit).isEqualTo(4);
        assertThat(world.texts("select input from fuse_batch.run_rows order by line"))
                .isEqualTo(formulas);
        assertThat(column(1, "outcomes.csv", "input")).isEqualTo(defused);
        assertThat(column(1, "skipped.csv", "user_id")).containsOnly("").hasSize(defused.size());
    }

    @Test
    void aFormulaThatIsNoUserIdIsNeutralizedInTheSkippedRows() throws IOException {
        String input = fuseUsers.input("ids.csv", "user_id", "=1+1", "+1", "-1", "@SUM(A1)", "1=1");

        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input).exits(4);

        assertThat(column(1, "skipped.csv", "user_id")).containsExactly("'=1+1", "'+1", "'-1", "'@SUM(A1)", "1=1");
    }

    @Test
    void aFormulaThatIsAUsernameStillIdentifiesTheUser() {
        world.execute("insert into users (id, username) values (1, '=1+1')");

        int exit = deactivate(List.of("=1+1"));

        assertThat(exit).isZero();
        assertThat(fuseUsers.outcomes(1))
                .containsExactly("line,input,user_id,outcome,community_ids,message", "2,'=1+1,1,DEACTIVATED,,");
    }

    @Test
    void anEmptyIdentifierIsAnEmptyCellAndABlankRecordIsNoRow() {
        world.user(9);

        fuseUsers
                .run("deactivate", "--yes", fuseUsers.input("users.csv", "user_id,note", "", "\"\",x", "\"\",", "9"))
                .exits(4);

        assertThat(fuseUsers.outcomes(1))
                .containsExactly(
                        "line,input,user_id,outcome,community_ids,message",
                        "3,,,MALFORMED,,has no user ID; write one and run again.",
                        "5,9,9,DEACTIVATED,,");
    }

    private int deactivate(List<String> usernames) {
        String[] lines = new String[usernames.size() + 1];
        lines[0] = "username";
        for (int i = 0; i < usernames.size(); i++) {
            lines[i + 1] = '"' + usernames.get(i).replace("\"", "\"\"") + '"';
        }
        return fuseUsers
                .run("deactivate", "--yes", fuseUsers.input("users.csv", lines))
                .exit();
    }

    private List<String> column(long run, String file, String name) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser records = CSVParser.parse(fuseUsers.reportText(run, file), format)) {
            return records.stream().map((CSVRecord row) -> row.get(name)).toList();
        }
    }
}
