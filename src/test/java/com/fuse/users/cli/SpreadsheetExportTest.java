package com.fuse.users.cli;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Exports of spreadsheets from several countries are read without options. The user IDs in each are 1 and 2. */
@ExtendWith(TestPlatform.class)
class SpreadsheetExportTest {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Charset WINDOWS_1254 = Charset.forName("windows-1254");

    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final List<String> command = new ArrayList<>(List.of("deactivate", "--yes"));
    private final List<String> formats = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();

    SpreadsheetExportTest(World world, Path folder, FuseUsers fuseUsers) {
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
    }

    @Test
    void everyExportIdentifiesItsUsers() throws IOException {
        world.users(1, 2);

        // Excel in German: "CSV (Trennzeichen-getrennt)"; padded by the lines of a range that was once filled.
        export("Name;User_ID;Betrag\r\nJürgen Groß;1;1.234,50 €\r\nZoë;2;\r\n;;\r\n;;\r\n", WINDOWS_1252);
        expect(
                "Windows-1252, delimiter ';', header, column 2 'User_ID' (user ID); not used: 'Name', 'Betrag'",
                "2 1",
                "3 2");
        // Excel: "Unicode Text".
        export("\ufeffName\tID\r\n\"Groß, Jürgen\"\t1\r\n\"5\"\" Zoë\"\t2\r\n", UTF_16LE);
        expect("UTF-16LE with BOM, delimiter tab, header, column 2 'ID' (user ID); not used: 'Name'", "2 1", "3 2");
        // Excel: "CSV UTF-8", in Japanese.
        export("\ufeffuser_id,氏名\r\n1,佐藤 花子\r\n2,\"高橋,一郎\"\r\n", UTF_8);
        expect("UTF-8 with BOM, delimiter ',', header, column 1 'user_id' (user ID); not used: '氏名'", "2 1", "3 2");
        // Excel in French: no-break spaces as thousands separators, and around what was formatted as a number.
        export("Nom;user_id;Solde\r\nAnaïs;\u00a01\u00a0;1\u00a0234\r\nZoé;2;5\r\nLéa;1\u00a0234;5\r\n", WINDOWS_1252);
        expect(
                "Windows-1252, delimiter ';', header, column 2 'user_id' (user ID); not used: 'Nom', 'Solde'",
                "2 1",
                "3 2",
                "4 -");
        // Excel in Turkish: its code page is read as another, but not its user IDs.
        export("KULLANICI;USER_ID\r\nAyşe Yılmaz;1\r\nİpek Çağlar;2\r\n", WINDOWS_1254);
        expect(
                "Windows-1252, delimiter ';', header, column 2 'USER_ID' (user ID); not used: 'KULLANICI'",
                "2 1",
                "3 2");
        // Excel on a Mac, before OS X.
        export("user_id,name\r1,\"two\rlines\"\r2,x\r", UTF_8);
        expect("UTF-8, delimiter ',', header, column 1 'user_id' (user ID); not used: 'name'", "2 1", "4 2");
        // LibreOffice with all text quoted.
        export("\"fuse id\",\"name\"\n\"1\",\"\"\n\"2\",\"=HYPERLINK(\"\"https://example.org\"\")\"\n", UTF_8);
        expect("UTF-8, delimiter ',', header, column 1 'fuse id' (user ID); not used: 'name'", "2 1", "3 2");
        // Google Sheets: no end of the last line.
        export("user_id,note\r\n1,\"a\nb\"\r\n,\r\n2,", UTF_8);
        expect("UTF-8, delimiter ',', header, column 1 'user_id' (user ID); not used: 'note'", "2 1", "5 2");
        // Numbers: the name of the table on top would be the header; without it, no header at all.
        export("1;\n2;\n1,0;\n", UTF_8);
        expect("UTF-8, delimiter ';', no header, column 1 (user ID)", "1 1", "2 2", "3 -");
        // Any of them: what a spreadsheet makes of large numbers and of numbers with decimals.
        export("id\n1\n1.2E+04\n12345.0\n\"12,345\"\n'1\n2\n", UTF_8);
        expect("UTF-8, delimiter ',', header, column 1 'id' (user ID)", "2 1", "3 -", "4 -", "5 -", "6 -", "7 2");

        FuseUsers.Result result = fuseUsers.run(command.toArray(String[]::new)).exits(4);

        assertThat(result.out().lines().filter(line -> line.startsWith("Input: ")))
                .isEqualTo(formats);
        assertThat(world.texts("select concat_ws(' ', run_id, line, coalesce(user_id::text, '-'))"
                        + " from fuse_batch.run_rows order by run_id, line"))
                .isEqualTo(rows);
        assertThat(world.count("select count(*) from users where active")).isZero();
    }

    private void export(String content, Charset charset) throws IOException {
        String name = "export-" + (formats.size() + 1) + ".csv";
        command.add(Files.write(folder.resolve(name), content.getBytes(charset)).toString());
    }

    private void expect(String format, String... linesAndUsers) {
        formats.add("Input: " + format);
        for (String row : linesAndUsers) {
            rows.add(formats.size() + " " + row);
        }
    }
}
