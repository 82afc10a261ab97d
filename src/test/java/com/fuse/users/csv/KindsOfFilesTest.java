package com.fuse.users.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.input.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of another kind is refused with its kind and the way to a CSV. */
class KindsOfFilesTest {
    private static final String SAVE = "open it, save it as CSV";
    private static final String EXPORT = "export the users as CSV";

    private final Path folder;

    KindsOfFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void anArchiveIsNamedByItsFirstEntry() {
        assertBinary(zip("[Content_Types].xml", ""), "an Excel workbook", SAVE);
        assertBinary(zip("xl/workbook.xml", ""), "an Excel workbook", SAVE);
        assertBinary(
                zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "an OpenDocument spreadsheet", SAVE);
        assertBinary(zip("users.csv", "user_id\n17\n"), "a ZIP archive", "unpack it");
    }

    @Test
    void otherBinaryFilesAreNamedByTheirFirstBytes() {
        assertBinary(HexFormat.of().parseHex("d0cf11e0a1b11ae10000"), "an Excel workbook", SAVE);
        assertBinary(text("%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n"), "a PDF document", EXPORT);
        assertBinary(text("PGDMP\1\16\0"), "a dump of a PostgreSQL database", EXPORT);
        assertBinary(gzip(InputFile.gzip("user_id\n17\n")), "gzip within gzip", "unpack it once");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"user_id\": 17},\n{\"user_id\": 18}]",
                "{\"users\": [17, 18]}",
                "[17, 18]",
                "\ufeff\n [\n  17\n]",
                "[]",
                "{\n\"user_id\":17}\n{\"user_id\":18}\n"
            })
    void jsonIsNamed(String content) {
        assertText(content, "JSON", EXPORT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html>\n<title>Sign in</title>",
                "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">",
                "\n<TABLE border=1><tr><td>17</td></tr></TABLE>"
            })
    void aWebPageIsNamed(String content) {
        assertText(content, "an HTML page", EXPORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<?xml version=\"1.0\"?>\n<users/>", "<users><id>17</id></users>", "<tables/>"})
    void xmlIsNamed(String content) {
        assertText(content, "XML", EXPORT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- leavers\nselect id from users;",
                "/* leavers */ update users set active = false;",
                "SELECT id, email\nFROM users;",
                "insert into users values (17);",
                "delete from users where id = 17;",
                "update users\nset active = false;",
                "copy users (id) from stdin;\n17\n",
                "create table leavers (id bigint);",
                "BEGIN;\nupdate users set x = 1;",
                "with x as (select 1) select * from x;",
                "set search_path = public;\nselect 1;"
            })
    void sqlIsNamed(String content) {
        assertText(content, "SQL", "run the query and export its result as CSV");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Create date,user_id\nx,17\n",
                "Update;user_id\nx;17\n",
                "Set,user_id\nx,17\n",
                "Begin date,user_id\nx,17\n",
                "Select all,user_id\nx,17\n",
                "With note,user_id\nx,17\n",
                "Copy to,user_id\nx,17\n",
                "[x],user_id\nx,17\n",
                "<=,user_id\nx,17\n",
                "-,user_id\n--,17\n"
            })
    void aHeadingMayLookAlike(String content) {
        assertThat(InputFile.text(folder, content).userIds()).containsExactly(17L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " id |  email  \n----+---------\n 17 | a@b.org\n(1 row)\n",
                "+----+-------+\n| id | email |\n+----+-------+\n| 17 | a@b.c |\n+----+-------+\n",
                "            Leavers\n id | email\n----+-------\n 17 | a@b.c\n",
                "id\n---\n17\n",
                "| id | email |\n|:---|------:|\n| 17 | a@b.c |\n"
            })
    void aPrintedTableIsNamed(String content) {
        assertText(
                content, "the printed table of a query's result", "export it as CSV, with psql by the option --csv,");
    }

    @Test
    void theReportsOfTheProgramAreNamed() {
        assertUnreadable(
                text("line,input,user_id,outcome,decided_at,community_ids,message\n2,17,17,DEACTIVATED,,,\n"),
                "users.csv: this is a report of this program, outcomes.csv, not a list of users; to bring users back, run"
                        + " \"fuse-users undo RUN\", and to repeat the skipped rows, use skipped.csv.");
        assertUnreadable(
                text("user_id,community_id\n17,3\n"),
                "users.csv: this is a report of this program, removed-memberships.csv, not a list of users; to bring users"
                        + " back, run \"fuse-users undo RUN --with-memberships\".");
        assertThat(InputFile.text(folder, "user_id,line,outcome,community_ids,message\n17,2,FAILED,,x\n")
                        .userIds())
                .containsExactly(17L);
    }

    private void assertBinary(byte[] content, String kind, String remedy) {
        assertUnreadable(
                content,
                "users.csv, line 1: this is %s, not a CSV of users; %s and run again with that file."
                        .formatted(kind, remedy));
    }

    private void assertText(String content, String kind, String remedy) {
        assertUnreadable(
                content.getBytes(StandardCharsets.UTF_8),
                "users.csv: this is %s, not a CSV of users; %s and run again.".formatted(kind, remedy));
    }

    private void assertUnreadable(byte[] content, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> InputFile.bytes(folder, content).read())
                .withMessage(message)
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT));
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** An archive with one entry, which is stored as it is. */
    private static byte[] zip(String name, String content) {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(archive)) {
            out.setLevel(0);
            out.putNextEntry(new ZipEntry(name));
            out.write(text(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
