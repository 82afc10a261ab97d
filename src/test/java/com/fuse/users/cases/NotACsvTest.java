package com.fuse.users.cases;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A file that is something else is called by its name, and the message has no advice that would lose its rows. */
@ExtendWith(TestPlatform.class)
class NotACsvTest {

    private final Cases cases;

    NotACsvTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void aTableThatPsqlPrintedIsNamed() {
        cases.ofText("""
                         user_id | username \s
                        ---------+-----------
                           10045 | bob.stone
                           10046 | ann.field
                        (2 rows)

                        """).deactivate().refused(65, "table", "--csv").doesNotRecommend("--column");
    }

    @Test
    void aTableOfOneColumnThatPsqlPrintedIsNamed() {
        cases.ofText(" user_id \n---------\n   10045\n   10046\n(2 rows)\n\n")
                .deactivate()
                .refused(65, "table", "--csv")
                .doesNotRecommend("--column");
    }

    @Test
    void tablesThatOtherClientsPrintedAreNamed() {
        refused("table", """
                +---------+-----------+
                | user_id | username  |
                +---------+-----------+
                |   10045 | bob.stone |
                |   10046 | ann.field |
                +---------+-----------+
                2 rows in set (0.00 sec)
                """, "+---------+\n| user_id |\n+---------+\n|   10045 |\n+---------+\n", """
                 user_id │ username \s
                ─────────┼───────────
                   10045 │ bob.stone
                (1 row)
                """, """
                user_id     username
                ----------- ----------
                10045       bob.stone
                10046       ann.field

                (2 rows affected)
                """);
    }

    @Test
    void aWebPageIsNamedWhateverItsFileNameSays() {
        cases.named(
                        "web-page.xls",
                        "<html><body><table><tr><th>user_id</th></tr><tr><td>10045</td></tr></table></body></html>\n"
                                .getBytes(UTF_8))
                .deactivate()
                .refused(65, "HTML")
                .doesNotRecommend("--column");
    }

    @Test
    void webPagesOfAllKindsAreNamed() {
        refused(
                "HTML",
                "<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>\n",
                "\ufeff\r\n<HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\r\n<table>\r\n<td>user_id\r\n",
                "  <!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">\n<table>\n<tr><td>10045,10046</td></tr>\n",
                "<table>\n<tr><th>user_id</th></tr>\n<tr><td>10045</td></tr>\n</table>\n");
    }

    @Test
    void jsonIsNamed() {
        cases.ofText("[{\"user_id\": 10045},\n {\"user_id\": 10046}]\n")
                .deactivate()
                .refused(65, "JSON")
                .doesNotRecommend("--column");
    }

    @Test
    void jsonOfAllKindsIsNamed() {
        refused(
                "JSON",
                "{\"user_id\": 10045}\n{\"user_id\": 10046}\n",
                "\ufeff[\r\n  {\r\n    \"user_id\": 10045,\r\n    \"email\": null\r\n  }\r\n]\r\n",
                "{\"users\":[{\"user_id\":10045,\"username\":\"bob.stone\"}],\"next\":null}",
                "[10045,10046]\n",
                "[\n  \"bob.stone@example.org\",\n  \"ann.field@example.org\"\n]\n");
    }

    @Test
    void xmlIsNamed() {
        refused(
                "XML",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<users>\n<user id=\"10045\"/>\n</users>\n",
                "<?xml version=\"1.0\"?>\r\n<?mso-application progid=\"Excel.Sheet\"?>\r\n<Workbook>\r\n",
                "\ufeff<?xml version='1.0'?><resultset><row><field name=\"user_id\">10045</field></row></resultset>");
    }

    @Test
    void sqlIsNamed() {
        refused(
                "SQL",
                "INSERT INTO users (id, active) VALUES (10045, true);\nINSERT INTO users (id, active) VALUES (10046, true);\n",
                "--\n-- PostgreSQL database dump\n--\n\nCOPY public.users (id) FROM stdin;\n10045\n\\.\n",
                "-- MySQL dump 10.13\nCREATE TABLE `users` (\n  `user_id` bigint\n);\n",
                "update users set active = false where id in (10045, 10046);\n",
                "select user_id, email\nfrom users\nwhere not active;\n");
    }

    @Test
    void aPdfIsNamed() {
        List<CaseInput> files = List.of(
                cases.ofBytes("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n<</Type/Catalog>>\n".getBytes(ISO_8859_1)),
                cases.ofText("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"),
                cases.ofBytes("%PDF-1.5\r\u0000\u0001\u0002\r".getBytes(ISO_8859_1)));

        cases.refuseEach(files, "PDF");
    }

    @Test
    void workbooksAndArchivesAreNamed() throws IOException {
        cases.refuseEach(
                List.of(
                        cases.ofBytes(zip("[Content_Types].xml", "xl/workbook.xml")),
                        cases.ofBytes(HexFormat.of().parseHex("d0cf11e0a1b11ae1" + "00".repeat(504)))),
                "workbook");
        cases.refuseEach(List.of(cases.ofBytes(zip("leavers.csv")), cases.ofBytes(zip("a.txt", "b.txt"))), "zip");
        cases.refuseEach(
                List.of(
                        cases.named("leavers.csv.gz", gzip(gzip("user_id\n10045\n".getBytes(UTF_8)))),
                        cases.named("leavers.csv", gzip(gzip("10045\n".getBytes(UTF_8))))),
                "gzip");
    }

    private void refused(String type, String... contents) {
        for (CaseInput input : cases.texts(contents)) {
            input.deactivate().refused(65, type).doesNotRecommend("--column");
        }
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(archive)) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write("user_id\n10045\n".getBytes(UTF_8));
            }
        }
        return archive.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        }
        return compressed.toByteArray();
    }
}
