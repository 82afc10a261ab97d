package com.fuse.users.communities;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The All communities report: its rows, and how it reaches a program, a spreadsheet and a person. */
@ExtendWith(TestPlatform.class)
record CommunitiesTest(World world, Path folder, FuseUsers fuseUsers) {

    private static final String HEADER = "community_id,name,is_global,member_count,admin_ids,admin_usernames\n";

    @Test
    void everyCommunityIsARowWithItsMembersAndAdminsOrderedByNumber() {
        community(30, "Thirty");
        community(4, "Four");
        world.users(1, 12);
        for (long member : List.of(1, 2, 3, 9, 10)) {
            world.member(member, World.GLOBAL);
        }
        world.member(2, 4);
        world.member(10, 4);
        for (long admin : List.of(10, 9, 2)) {
            world.admin(admin, 4);
        }
        world.admin(9, World.GLOBAL);
        world.admin(12, 30);

        assertThat(printed()).isEqualTo(HEADER + """
                1,Global,true,5,9,user9
                2,Two,false,0,,
                3,Three,false,0,,
                4,Four,false,2,2;9;10,user2;user9;user10
                30,Thirty,false,0,12,user12
                """);
    }

    @Test
    void usernamesAreInTheOrderOfTheIds() {
        world.execute("insert into users (id, username) values (5, 'zoe'), (6, 'adam'), (7, 'mia')");
        for (long admin : List.of(7, 5, 6)) {
            world.admin(admin, 2);
        }

        assertThat(printed()).contains("\n2,Two,false,0,5;6;7,zoe;adam;mia\n");
    }

    @Test
    void withoutCommunitiesOnlyTheHeaderIsPrinted() {
        world.execute("truncate communities cascade");

        assertThat(printed()).isEqualTo(HEADER);
    }

    @Test
    void everyNameIsPrintedUnchanged() throws IOException {
        List<String> names = List.of(
                "quo\"te",
                "\"quoted\"",
                "comma, semicolon; tab\tinside",
                "two\nlines",
                "carriage\r\nreturn",
                " blanks around ",
                "",
                "1234,5",
                "\u0645\u062c\u062a\u0645\u0639 \u0627\u0644\u062a\u0639\u0644\u0645",
                "\u5b66\u4e60\u793e\u533a",
                "\u0935\u093f\u0926\u094d\u092f\u093e",
                "caf\u00e9 \ud83d\ude00\ud83c\udff3\ufe0f\u200d\ud83c\udf08",
                "bell\u0007escape\u001b[31m");
        long id = 100;
        for (String name : names) {
            community(++id, name);
            world.execute("insert into users (id, username) values (?, ?)", id, name);
            world.admin(id, id);
        }

        List<CSVRecord> records = records(printed());

        assertThat(column(records, "name")).containsSubsequence(names).hasSize(names.size() + 3);
        assertThat(column(records, "admin_usernames")).containsSubsequence(names);
        assertThat(column(records, "admin_ids")).endsWith("112", "113");
    }

    @Test
    void aNameThatASpreadsheetWouldRunAsAFormulaIsNeutralized() throws IOException {
        List<String> formulas = List.of(
                "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201");
        long id = 100;
        for (String formula : formulas) {
            community(++id, formula);
            world.execute("insert into users (id, username) values (?, ?)", id, formula);
        }
        world.execute("insert into users (id, username) values (1, '1=1')");
        world.admin(1, 101);
        world.admin(101, 101);
        world.admin(102, 102);

        List<CSVRecord> records = records(printed());

        assertThat(column(records, "name").subList(3, 14))
                .isEqualTo(formulas.stream().map("'"::concat).toList());
        // Also where the cell is split at the semicolons.
        assertThat(column(records, "admin_usernames").subList(3, 5)).containsExactly("1=1;'=1+1", "'+1");
    }

    @Test
    void theFileHasTheSameContentAfterAByteOrderMarkForSpreadsheets() throws IOException {
        community(4, "\u5b66\u4e60\u793e\u533a");
        Path file = folder.resolve("communities.csv");

        FuseUsers.Result result = fuseUsers.run("communities", "--output", file.toString());

        assertThat(result.err()).isEmpty();
        result.exits(0);
        assertThat(result.out()).isEqualTo(fuseUsers.line() + "Report: " + file + ", 4 rows\n");
        assertThat(Files.readAllBytes(file)).startsWith(0xEF, 0xBB, 0xBF);
        assertThat(Files.readString(file)).isEqualTo("\uFEFF" + printed());
        assertThat(files()).containsExactly("communities.csv");
    }

    @Test
    void anExistingFileIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("communities.csv"), "x".repeat(10_000));

        fuseUsers.run("communities", "--output", file.toString()).exits(0);

        assertThat(Files.readString(file)).isEqualTo("\uFEFF" + printed());
    }

    @Test
    void aFolderIsRefused() throws IOException {
        assertRefused(folder, "folder");
        assertThat(files()).isEmpty();
    }

    @Test
    void aFileInAMissingFolderIsRefused() {
        assertRefused(folder.resolve("none/communities.csv"), "it does not exist");
    }

    @Test
    void aPathThatIsNoRegularFileIsRefusedAndNotReplaced() throws IOException {
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket));

            assertRefused(socket, "device");

            assertThat(Files.isRegularFile(socket)).isFalse();
        }
    }

    @Test
    void onAFullDiskTheOldFileStaysAndNoTemporaryFileIsLeft() throws IOException {
        assumeThat(Path.of("/dev/full")).exists();
        manyCommunities();
        Path file = Files.writeString(folder.resolve("communities.csv"), "old");
        Files.createSymbolicLink(folder.resolve("communities.csv.part"), Path.of("/dev/full"));

        assertRefused(file, "No space left");

        assertThat(file).hasContent("old");
        assertThat(files()).containsExactly("communities.csv");
    }

    @Test
    void aFullDiskUnderStandardOutputIsAFailure() throws IOException, InterruptedException {
        assumeThat(Path.of("/dev/full")).exists();
        Process process = fuseUsers
                .process("communities")
                .redirectOutput(Path.of("/dev/full").toFile())
                .start();

        String complaint = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(complaint).startsWith(fuseUsers.line()).hasLineCount(2);
        assertThat(complaint.lines()).last().asString().contains("standard output", "run it again");
    }

    @Test
    void aReaderThatClosesThePipeIsNoFailure() throws IOException, InterruptedException {
        manyCommunities();
        Process process = fuseUsers.process("communities").start();

        try (BufferedReader out = process.inputReader(UTF_8)) {
            assertThat(out.readLine() + "\n").isEqualTo(HEADER);
        }

        assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8)).isEqualTo(fuseUsers.line());
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aReaderCanPause() throws IOException, InterruptedException {
        world.execute(
                "insert into communities (id, name) select n, repeat('x', 1000) from generate_series(1001, 31000) n");
        ProcessBuilder command = fuseUsers.process("communities");
        command.environment().put("SPRING_DATASOURCE_HIKARI_CONNECTIONINITSQL", "set tcp_user_timeout = '1s'");
        Process process = command.start();

        try (BufferedReader out = process.inputReader(UTF_8)) {
            assertThat(out.readLine() + "\n").isEqualTo(HEADER);
            Thread.sleep(4_000);
            assertThat(out.lines()).hasSize(30_003);
        }

        assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8)).isEqualTo(fuseUsers.line());
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aTerminalGetsNoControlCharacterEvenIfInputIsRedirected() throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/script")).isExecutable();
        community(4, "bell\u0007escape\u001b[2Jtitle\u001b]0;owned\u0007\u009b31m \u202eleft \u5b66\udb40\udc01");
        ProcessBuilder command = fuseUsers.process("communities");
        ProcessBuilder onTerminal = new ProcessBuilder(
                "script",
                "--quiet",
                "--return",
                "--command",
                String.join(" ", command.command()) + " < /dev/null",
                "/dev/null");
        onTerminal.environment().putAll(command.environment());
        Process process = onTerminal.redirectErrorStream(true).start();
        process.getOutputStream().close();

        String shown = new String(process.getInputStream().readAllBytes(), UTF_8).replace("\r\n", "\n");

        assertThat(process.waitFor()).isZero();
        assertThat(shown).contains("\n4,bell?escape?[2Jtitle?]0;owned??31m ?left \u5b66?,false,0,,\n");
    }

    @Test
    void needsOnlyReadAccess() {
        world.execute("revoke insert, update, delete on all tables in schema public from fuse_users_job");

        assertThat(printed()).startsWith(HEADER);
    }

    @Test
    void theMessageNamesAMissingRight() {
        world.execute("revoke select (name) on communities from fuse_users_job");

        FuseUsers.Result result = fuseUsers.run("communities").exits(78);

        assertThat(result.err())
                .isEqualTo(
                        fuseUsers.line() + "fuse-users: the database refuses: permission denied for table communities"
                                + " (SQLSTATE 42501); grant fuse_users_job to the login, and run \"migrate\" as the owner\n");
    }

    private void community(long id, String name) {
        world.execute("insert into communities (id, name) values (?, ?)", id, name);
    }

    /** More than any buffer between the program and its reader holds. */
    private void manyCommunities() {
        world.execute(
                "insert into communities (id, name) select n, repeat('x', 100) from generate_series(1000, 20000) n");
    }

    private String printed() {
        FuseUsers.Result result = fuseUsers.run("communities");
        assertThat(result.err()).isEqualTo(fuseUsers.line());
        result.exits(0);
        return result.out();
    }

    private void assertRefused(Path file, String reason) {
        FuseUsers.Result result =
                fuseUsers.run("communities", "--output", file.toString()).exits(78);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .contains("cannot be written to " + file + " ", reason, "--output");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<CSVRecord> records(String csv) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser records = CSVParser.parse(csv, format)) {
            return records.getRecords();
        }
    }

    private static List<String> column(List<CSVRecord> records, String name) {
        return records.stream().map(row -> row.get(name)).toList();
    }
}
