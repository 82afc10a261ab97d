package com.fuse.users.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Unsuitable or malicious files in a drop folder are refused with one line each, change nothing, and do not stop the
 * other files.
 */
@ExtendWith(TestPlatform.class)
class HostileFileTest {

    private static final String NUL =
            ": there is a NUL byte, so this is a binary file, not a CSV; save it as CSV in UTF-8 and run again.";
    private static final String WORKBOOK =
            ", line 1: this is an Excel workbook, not a CSV of users; open it, save it as CSV and run again with that file.";
    private static final String ZIP =
            ", line 1: this is a ZIP archive, not a CSV of users; unpack it and run again with that file.";
    private static final String GZIP = ": the gzip file is damaged or cut short (";
    private static final String NOT_1252 =
            ": the byte 0x%s does not belong to a text in windows-1252; save the file as UTF-8 and run again.";

    private final World world;
    private final Path folder;
    private final FuseUsers fuseUsers;
    private final List<String> command = new ArrayList<>(List.of("deactivate", "--yes"));
    private final List<String> expected = new ArrayList<>();
    private Map<String, List<String>> before = Map.of();

    HostileFileTest(World world, Path folder, FuseUsers fuseUsers) {
        this.world = world;
        this.folder = folder;
        this.fuseUsers = fuseUsers;
    }

    @BeforeEach
    void makeUsers() {
        world.user(1);
        world.everything(1);
        world.user(2);
        before = world.platform();
    }

    @Test
    void binariesAreRefused() throws IOException {
        refused("workbook.xlsx.csv", bytes("504b0304140006000800"), ZIP);
        refused("text-document.odt.csv", bytes("504b03040a00000800"), ZIP);
        refused("empty.zip.csv", bytes("504b0506" + "00".repeat(18)), ", line 1" + NUL);
        refused("workbook.xls.csv", bytes("d0cf11e0a1b11ae1" + "00".repeat(16)), WORKBOOK);
        refused("picture.png.csv", bytes("89504e470d0a1a0a0000000d49484452"), ", line 3" + NUL);
        refused("picture.jpg.csv", bytes("ffd8ffe000104a464946"), ", line 1" + NUL);
        refused("program.exe.csv", bytes("4d5a90000300"), ", line 1" + NUL);
        refused("program.elf.csv", bytes("7f454c46020101000000"), ", line 1" + NUL);
        refused("archive.7z.csv", bytes("377abcaf271c0004"), ", line 1" + NUL);
        refused("database.csv", "SQLite format 3\0\20\0".getBytes(ISO_8859_1), ", line 1" + NUL);
        refused(
                "twice.csv.gz",
                gzip(gzip("user_id\n1\n".getBytes(ISO_8859_1))),
                ", line 1: this is gzip within gzip, not a CSV of users; unpack it once and run again with that file.");
        refused("bytecode.class.csv", bytes("cafebabe0000003d"), ", line 1" + NUL);
        refused(
                "letter.pdf.csv",
                "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n<</Type/Catalog>>\n".getBytes(ISO_8859_1),
                ", line 1: this is a PDF document, not a CSV of users; export the users as CSV and run again with that file.");
        refused("archive.bz2.csv", bytes("425a6839314159265359810d"), ", line 1" + NOT_1252.formatted("81"));

        assertRefused();
    }

    @Test
    void textsThatAreNoCsvOfUsersAreRefused() throws IOException {
        refused("nothing.csv", new byte[0], ": the file is empty; export it and run again.");
        for (String blank : List.of("\ufeff", "\n \r\n\t\r", "\ufeff\u00a0\n")) {
            refused(
                    "blank-" + command.size() + ".csv",
                    blank.getBytes(StandardCharsets.UTF_8),
                    ": the file has only blank lines; export it and run again.");
        }
        refused(
                "sign-in.html.csv",
                "<!DOCTYPE html>\n<title>Sign in</title>\n".getBytes(ISO_8859_1),
                ": this is an HTML page, not a CSV of users; export the users as CSV and run again.");
        refused(
                "users.json.csv",
                "[1,\n2]\n".getBytes(ISO_8859_1),
                ": this is JSON, not a CSV of users; export the users as CSV and run again.");
        refused("unmarked-utf-16.csv", "user_id\n1\n".getBytes(StandardCharsets.UTF_16LE), ", line 1" + NUL);
        refused(
                "utf-32.csv",
                "\ufeffuser_id\n1\n".getBytes(Charset.forName("UTF-32LE")),
                ", line 1: there is a NUL character, so this is not a CSV; save it as CSV in UTF-8 and run again.");
        refused(
                "japanese.csv",
                "user_id,氏名\n1,佐藤\n".getBytes(Charset.forName("Shift_JIS")),
                ", line 1" + NOT_1252.formatted("81"));
        // MacRoman, as Excel on a Mac saves what it calls CSV (Macintosh); this is "François".
        refused(
                "macintosh.csv",
                "user_id;name\r1;x\r2;Fran\u008dois\r".getBytes(ISO_8859_1),
                ", line 3" + NOT_1252.formatted("8D"));

        assertRefused();
    }

    @Test
    void filesThatBecomeInvalidAfterAValidStartAreRefused() throws IOException {
        String good = "user_id,note\r\n1,x\r\n2,\"two\r\nlines\"\r\n";
        refused("nul.csv", (good + "1,\0").getBytes(ISO_8859_1), ", line 5" + NUL);
        refused(
                "unclosed.csv",
                (good + "1,\"x\r\n2,y\r\n").getBytes(ISO_8859_1),
                ", line 5: a quote is opened and never closed; close it and run again.");
        refused(
                "after-quote.csv",
                (good + "1,\"x\" y\r\n").getBytes(ISO_8859_1),
                ", line 5: text follows the closing quote of a field; write a quote within a quoted field twice and run again.");
        refused(
                "half-a-character.csv",
                Arrays.copyOf(("\ufeff" + good + "1,é").getBytes(StandardCharsets.UTF_8), 3 + good.length() + 3),
                ", line 5: the byte 0xC3 does not belong to a text in UTF-8; save the file as UTF-8 and run again.");
        byte[] compressed = gzip(good.getBytes(ISO_8859_1));
        refused(
                "truncated.csv.gz",
                Arrays.copyOf(compressed, compressed.length - 1),
                GZIP + "it ends too early); copy it again in full and run again.");
        byte[] appended = Arrays.copyOf(compressed, compressed.length + 1);
        appended[compressed.length] = '1';
        refused(
                "appended.csv.gz",
                appended,
                GZIP + "Unexpected data after a valid .gz stream.); copy it again in full and run again.");

        assertRefused();
    }

    @Test
    void theOtherFilesAreRun() throws IOException {
        command.add(fuseUsers.input("first.csv", "user_id", "1"));
        refused("nul.csv", new byte[1], ", line 1" + NUL);
        command.add(fuseUsers.input("last.csv", "user_id", "2"));

        FuseUsers.Result result = run().exits(65);

        assertThat(result.err().lines()).isEqualTo(expected);
        assertThat(world.texts("select id::text from users where not active order by id"))
                .containsExactly("1", "2");
    }

    /** A copy of the whole device would fill the disk. */
    @Test
    void anEndlessDeviceIsRefusedByItsStart() {
        command.add("/dev/zero");
        expected.add("fuse-users: /dev/zero, line 1" + NUL);

        assertRefused();
    }

    @Test
    void aFileNameMayStartWithAnAtSign() {
        String options = "@" + fuseUsers.input("options.csv", "--user", "1");

        FuseUsers.Result result = fuseUsers.run("deactivate", "--yes", options);

        assertThat(result.err())
                .isEqualTo("fuse-users: " + options + ": no such file or folder; check the name and run again.\n");
        result.exits(66);
        assertThat(world.platform()).isEqualTo(before);
    }

    private void refused(String name, byte[] content, String problem) throws IOException {
        String file = Files.write(folder.resolve(name), content).toString();
        command.add(file);
        expected.add("fuse-users: " + file + problem);
    }

    private FuseUsers.Result run() {
        return fuseUsers.run(command.toArray(String[]::new));
    }

    private void assertRefused() {
        FuseUsers.Result result = run();

        assertThat(result.err().lines()).isEqualTo(expected);
        result.exits(65);
        assertThat(world.platform()).isEqualTo(before);
        assertThat(world.count("select count(*) from fuse_batch.run_rows")).isZero();
        assertThat(world.count("select count(*) from fuse_batch.runs where exit_code is distinct from 65"))
                .isZero();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        }
        return compressed.toByteArray();
    }
}
