package com.fuse.users.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.OtherServer;
import com.fuse.users.PgBouncer;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.database.DatabaseLogin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code check} names the item that keeps a run from the database: address, login, TLS, or the server. */
@ExtendWith(TestPlatform.class)
record CheckedServerTest(TestDatabase database, World world, Path folder, FuseUsers fuseUsers) {

    private static final String URL = "spring.datasource.url";

    @Test
    void namesAStandby() throws IOException {
        try (OtherServer server = new OtherServer(folder)) {
            server.becomeStandby();

            assertThat(failed(server.settings()))
                    .containsExactly(
                            "FAILED   server         the server is a standby and accepts no changes; connect to the"
                                    + " primary server");
        }
    }

    @Test
    void namesAPoolerThatSharesItsSessions() throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, "transaction")) {
            assertThat(failed(pooler.jobSettings()))
                    .containsExactly("FAILED   server         "
                            + new DatabaseLogin("localhost", pooler.port(), database.name(), database.jobUser())
                                    .describe()
                            + ": a connection pooler in transaction or statement mode is in between, and the program needs a"
                            + " session of its own; set the pooler to session mode, or connect to the server directly");
        }
    }

    @Test
    void namesAPoolerThatRefusesAParameter() throws IOException {
        try (PgBouncer pooler = new PgBouncer(database, "session")) {
            Map<String, String> settings = pooler.jobSettings();
            settings.merge(URL, "?options=-c%20jit=off", String::concat);

            assertThat(failed(settings))
                    .containsExactly(
                            "FAILED   server         the database refuses: unsupported startup parameter: options"
                                    + " (SQLSTATE 08P01); a connection pooler must be in session mode and pass on what the program"
                                    + " asks for; change its settings, or connect to the server directly");
        }
    }

    /** As in CockroachDB, which is known by its version. */
    @Test
    void namesAnEngineWhoseAdvisoryLocksLockNothing() {
        replaceFunction("pg_try_advisory_xact_lock_shared(int, int)", "boolean", "begin return true; end");
        replaceFunction("version()", "text", "begin return 'PostgreSQL 16.0 (OtherSQL v24.1.0)'; end");

        assertThat(failed(database.jobSettings()))
                .containsExactly("FAILED   server         PostgreSQL 16.0 lacks what the program needs: advisory locks;"
                        + " connect to PostgreSQL 14 or newer");
    }

    /** As in YugabyteDB, which is known by its version. */
    @Test
    void namesAnEngineThatRefusesAdvisoryLocks() {
        replaceFunction(
                "pg_try_advisory_xact_lock_shared(int, int)",
                "boolean",
                "begin raise exception 'advisory locks are not yet implemented' using errcode = '0A000'; end");
        replaceFunction("version()", "text", "begin return 'PostgreSQL 15.2-Other-2.25 on x86_64'; end");

        assertThat(failed(database.jobSettings()))
                .containsExactly(
                        "FAILED   server         PostgreSQL 15.2-Other-2.25 lacks what the program needs: advisory locks"
                                + " (advisory locks are not yet implemented (SQLSTATE 0A000)); connect to PostgreSQL 14 or newer");
    }

    @Test
    void namesAnEngineThatCannotLockRows() {
        replaceFunction("version()", "text", "begin return 'PostgreSQL 18'; end");
        world.execute("alter table public.users rename to people");
        world.execute("create materialized view public.users as select * from public.people");
        world.execute("grant all on public.users to fuse_users_job");

        assertThat(failed(database.jobSettings()))
                .contains(
                        "FAILED   server         PostgreSQL 18 lacks what the program needs: FOR NO KEY UPDATE SKIP LOCKED"
                                + " (cannot lock rows in materialized view \"users\" (SQLSTATE 42809)); connect to PostgreSQL 14 or"
                                + " newer");
    }

    @ParameterizedTest
    @CsvSource({
        "server_version, 13.14, PostgreSQL 13.14",
        "crdb_version, CockroachDB CCL v24.1.0, CockroachDB CCL v24.1.0"
    })
    void everyCommandNamesAServerThatIsTooOldOrOfAnotherKind(String parameter, String value, String product)
            throws IOException {
        Map<String, String> parameters = new HashMap<>(Map.of("server_version", "16.0"));
        parameters.put(parameter, value);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            answerEveryStart(server, parameters);
            Map<String, String> settings = with(
                    "jdbc:postgresql://localhost:%d/fuse?sslmode=disable&gssEncMode=disable&assumeMinServerVersion=12"
                            .formatted(server.getLocalPort()));
            String refusal = new DatabaseLogin("localhost", server.getLocalPort(), "fuse", database.jobUser())
                            .describe()
                    + ": the server is " + product + ", and the program needs PostgreSQL 14 or newer; connect to such a"
                    + " server";

            assertThat(failed(settings)).containsExactly("FAILED   server         " + refusal);
            assertThat(fuseUsers.run(settings, "runs").exits(78).err()).isEqualTo("fuse-users: " + refusal + "\n");
        }
    }

    @Test
    void namesAnAddressWithoutTheDatabase() {
        assertThat(failed(with(database.url().replace(database.name(), "nothing"))))
                .containsExactly(
                        "FAILED   address        the database refuses: database \"nothing\" does not exist (SQLSTATE"
                                + " 3D000); check the database, the login and its password");
    }

    @Test
    void namesALoginThatIsNotAdmitted() {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.put("spring.datasource.username", "stranger");

        assertThat(failed(settings))
                .singleElement()
                .asString()
                .startsWith("FAILED   login          the database refuses: ");
    }

    @Test
    void namesAServerWithoutTheTlsThatIsAskedFor() {
        assertThat(failed(with(database.url() + "?sslmode=require")))
                .containsExactly(
                        "FAILED   TLS            the database cannot be reached: The server does not support SSL.;"
                                + " check SPRING_DATASOURCE_URL, such as its sslmode");
    }

    @Test
    void namesAMissingSetting() {
        assertThat(failed(with("jdbc:other:x")))
                .containsExactly("FAILED   address        SPRING_DATASOURCE_URL is not a PostgreSQL URL; set it to"
                        + " jdbc:postgresql://HOST:PORT/DATABASE");
    }

    /** In a schema that the sessions search before the server's own. */
    private void replaceFunction(String function, String type, String body) {
        world.execute("create schema if not exists engine");
        world.execute("grant usage on schema engine to public");
        world.execute(
                "create function engine." + function + " returns " + type + " language plpgsql as $$ " + body + " $$");
        world.execute("do $$ begin execute format('alter database %I set search_path = engine, pg_catalog, public',"
                + " current_database()); end $$");
    }

    /** A server that admits every login, states these parameters, and answers no query. */
    private static void answerEveryStart(ServerSocket server, Map<String, String> parameters) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(message('R', new byte[4]));
        Map<String, String> all = new HashMap<>(Map.of(
                "client_encoding",
                "UTF8",
                "DateStyle",
                "ISO, MDY",
                "integer_datetimes",
                "on",
                "standard_conforming_strings",
                "on"));
        all.putAll(parameters);
        for (Map.Entry<String, String> parameter : all.entrySet()) {
            answer.write(message('S', (parameter.getKey() + "\0" + parameter.getValue() + "\0").getBytes(US_ASCII)));
        }
        answer.write(message('K', new byte[8]));
        answer.write(message('Z', new byte[] {'I'}));
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    client.getInputStream().read(new byte[1024]);
                    client.getOutputStream().write(answer.toByteArray());
                    client.getInputStream().read();
                } catch (IOException e) {
                    // The client or the test has closed the connection.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static byte[] message(char type, byte[] body) {
        return ByteBuffer.allocate(body.length + 5)
                .put((byte) type)
                .putInt(body.length + 4)
                .put(body)
                .array();
    }

    private Map<String, String> with(String url) {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.put(URL, url);
        return settings;
    }

    /** The lines of the items that fail. */
    private List<String> failed(Map<String, String> settings) {
        return fuseUsers
                .run(
                        settings,
                        "check",
                        "--report-dir",
                        folder.resolve("reports").toString())
                .exits(78)
                .out()
                .lines()
                .filter(line -> line.startsWith("FAILED"))
                .toList();
    }
}
