package com.fuse.users.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fuse.users.database.DemoDatabase;
import com.fuse.users.database.DemoDatabase.Login;
import com.fuse.users.database.DemoDatabase.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The demo database works for processes that start at the same time, end in any order, or are killed. */
class EmbeddedDemoDatabaseTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private final EmbeddedDemoDatabase database = new EmbeddedDemoDatabase(folder);
    private final EmbeddedDemoDatabase second = new EmbeddedDemoDatabase(folder);

    /** Two starts at the same time in an empty folder: one creates the database, the other waits. */
    @BeforeAll
    static void twoFirstStartsAtOnce() throws IOException {
        EmbeddedDemoDatabase one = new EmbeddedDemoDatabase(folder);
        EmbeddedDemoDatabase other = new EmbeddedDemoDatabase(folder);
        CompletableFuture<Settings> atOnce = CompletableFuture.supplyAsync(one::start);
        Settings settings = other.start();

        assertThat(atOnce.join()).isEqualTo(settings);
        assertThat(users(settings.job())).isEqualTo(5_000);
        one.close();
        other.close();
        assertThat(isRunning()).isFalse();
    }

    @AfterEach
    void stop() throws IOException {
        database.close();
        second.close();
        assertThat(isRunning()).isFalse();
    }

    @Test
    void isOnTheClassPathOfACheckout() {
        assertThat(DemoDatabase.find()).containsInstanceOf(EmbeddedDemoDatabase.class);
    }

    @Test
    void isDurableAndListensOnTheLoopbackAddressOnly() {
        assertDurableAndOnTheLoopbackAddressOnly(database.start().owner());
    }

    private static void assertDurableAndOnTheLoopbackAddressOnly(Login owner) {
        assertThat(List.of("fsync", "synchronous_commit", "listen_addresses", "lc_collate", "server_encoding"))
                .extracting(setting -> value(
                        owner,
                        "select coalesce(current_setting('" + setting
                                + "', true), (select datcollate from pg_database where datname = current_database()))"))
                .containsExactly("on", "on", "localhost", "C", "UTF8");
    }

    /** Operating systems use ports from 32768 or higher for outgoing connections. */
    @Test
    void listensOnAPortThatNoOutgoingConnectionUses() {
        assertThat(database.start().owner().url()).matches("jdbc:postgresql://localhost:2\\d{4}/fuse");
    }

    @Test
    void theJobsLoginHasTheJobsRoleOnly() {
        Settings settings = database.start();

        assertThat(value(settings.job(), "select pg_has_role('fuse_users_job', 'usage')::text"))
                .isEqualTo("true");
        assertThat(value(settings.job(), "select rolsuper::text from pg_roles where rolname = current_user"))
                .isEqualTo("false");
        assertThat(value(settings.owner(), "select rolsuper::text from pg_roles where rolname = current_user"))
                .isEqualTo("true");
    }

    @Test
    void keepsItsDataBetweenStarts() {
        execute(database.start().owner(), "create table public.kept ()");
        database.close();

        execute(second.start().owner(), "drop table public.kept");
    }

    @Test
    void theLastClientStopsTheServer() throws IOException {
        Settings settings = database.start();
        assertThat(second.start()).isEqualTo(settings);

        database.close();
        assertThat(isRunning()).isTrue();
        assertThat(users(settings.job())).isEqualTo(5_000);

        second.close();
        assertThat(isRunning()).isFalse();
    }

    @Test
    void keepsRunningForOtherClients() throws Exception {
        Login owner = database.start().owner();
        try (var client = DriverManager.getConnection(owner.url(), owner.username(), owner.password())) {
            database.close();
            assertThat(client.isValid(1)).isTrue();
        }
        second.start();
    }

    @Test
    void attachesToTheServerOfAKilledProcess() throws Exception {
        Process killed = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartAndStay.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String url;
        try (BufferedReader output = killed.inputReader()) {
            url = output.lines()
                    .filter(line -> line.startsWith("jdbc:"))
                    .findFirst()
                    .orElseThrow();
            killed.destroyForcibly().waitFor();
        }

        assertThat(database.start().job().url()).isEqualTo(url);
    }

    @Test
    void aPidFileThatNamesAnotherProcessDoesNotStopAStart() throws IOException {
        writePidFileOfAnotherProcess();

        assertThat(users(database.start().job())).isEqualTo(5_000);
    }

    @Test
    void anIncompletePidFileDoesNotStopAStart() throws IOException {
        Files.writeString(pidFile(), "");

        assertThat(users(database.start().job())).isEqualTo(5_000);
    }

    /** The state after a kill before the comment that marks the end of the preparation. */
    @Test
    void anInterruptedPreparationIsContinued() {
        execute(
                database.start().owner(),
                "comment on database fuse is null; truncate public.users, public.communities cascade; drop role fuse_users_demo");
        database.close();

        Settings settings = second.start();

        assertThat(users(settings.job())).isEqualTo(5_000);
    }

    /** A restart of the machine ends processes, and empties the folder for temporary files, where the binaries are. */
    @Test
    void startsAfterTheMachineWasRestarted() throws IOException {
        writePidFileOfAnotherProcess();
        Path commandLine = data().resolve("postmaster.opts");
        Files.writeString(commandLine, Files.readString(commandLine).replaceFirst("^[^\"]*/", "/nowhere/"));

        Settings settings = database.start();

        assertThat(users(settings.job())).isEqualTo(5_000);
        assertDurableAndOnTheLoopbackAddressOnly(settings.owner());
    }

    @Test
    void quotesTheErrorOfAServerThatDoesNotStartAndNamesTheRemedy() throws IOException {
        Path configuration = data().resolve("postgresql.conf");
        String whole = Files.readString(configuration);
        Files.writeString(configuration, "no_such_setting = 1");

        assertThatIllegalStateException().isThrownBy(database::start).withMessage("""
                        the demo database does not start: FATAL:  configuration file "%1$s" contains errors \
                        (%2$s/server.log says more); run again; if that does not help, delete the folder %2$s, \
                        which holds nothing but the demo, or set SPRING_DATASOURCE_URL to a PostgreSQL of your own""".formatted(configuration, folder));

        Files.writeString(configuration, whole);
        assertThat(users(database.start().job())).isEqualTo(5_000);
    }

    @Test
    void namesTheFolderToDeleteIfTheMigrationsHaveChanged() {
        Login owner = database.start().owner();
        execute(owner, "comment on database fuse is null");
        execute(owner, "update fuse_batch.flyway_schema_history set checksum = checksum + 1 where version = '1'");

        assertThatIllegalStateException()
                .isThrownBy(second::start)
                .withMessage(
                        "the demo database was made by other migrations; delete the folder %s and run again", folder);

        execute(owner, "update fuse_batch.flyway_schema_history set checksum = checksum - 1 where version = '1'");
    }

    private static void writePidFileOfAnotherProcess() throws IOException {
        Files.writeString(
                pidFile(),
                "%d%n/elsewhere%n1%n1%n/tmp%nlocalhost%n"
                        .formatted(ProcessHandle.current().pid()));
    }

    private static boolean isRunning() throws IOException {
        return Files.exists(pidFile());
    }

    private static Path pidFile() throws IOException {
        return data().resolve("postmaster.pid");
    }

    private static Path data() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static long users(Login login) {
        return Long.parseLong(value(login, "select count(id)::text from public.users"));
    }

    private static String value(Login login, String sql) {
        return client(login).sql(sql).query(String.class).single();
    }

    private static void execute(Login login, String sql) {
        client(login).sql(sql).update();
    }

    private static JdbcClient client(Login login) {
        return JdbcClient.create(new DriverManagerDataSource(login.url(), login.username(), login.password()));
    }

    /** A process that never closes what it started. */
    static final class StartAndStay {

        public static void main(String[] arguments) throws InterruptedException {
            Settings settings = new EmbeddedDemoDatabase(Path.of(arguments[0])).start();
            System.out.println(settings.job().url());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
