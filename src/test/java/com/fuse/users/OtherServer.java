package com.fuse.users;

import com.fuse.users.database.DatabaseLogin;
import com.fuse.users.database.Migrator;
import com.fuse.users.demo.PgCtl;
import com.fuse.users.demo.ServerPort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A server of a test's own, with a migrated database, which can become a standby. Its superuser is the only login. */
public final class OtherServer implements AutoCloseable {

    private static final String SUPERUSER = "postgres";

    /** A standby must not have fewer connections than the server of which it is a copy. */
    private static final String CONNECTIONS = " -c max_connections=300";

    private final PgCtl server;
    private final int port;
    private boolean running;

    /** @param folder an existing folder for its data */
    public OtherServer(Path folder) throws IOException {
        Path data = folder.resolve("data");
        server = new PgCtl(data, folder.resolve("server.log"));
        port = ServerPort.choose();
        EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .start();
        running = true;
        new Migrator(owner()).migrate();
    }

    /** Restarts it as a standby: it recovers what it has, and waits for more from a primary server, which there is none. */
    public void becomeStandby() throws IOException {
        stop();
        Files.createFile(server.data().resolve("standby.signal"));
        server.run("start", "--options=-p " + port + CONNECTIONS);
        running = true;
    }

    /** New connections of the superuser. */
    public DataSource owner() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(SUPERUSER);
        source.setPassword(SUPERUSER);
        return source;
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(owner());
    }

    /** The settings of the program. */
    public Map<String, String> settings() {
        return Map.of(
                "spring.datasource.url", url(),
                "spring.datasource.username", SUPERUSER,
                "spring.datasource.password", SUPERUSER);
    }

    /** The database as the program names it. */
    public DatabaseLogin login() {
        return new DatabaseLogin("localhost", port, SUPERUSER, SUPERUSER);
    }

    private String url() {
        return "jdbc:postgresql://localhost:" + port + "/" + SUPERUSER;
    }

    private void stop() throws IOException {
        server.run("stop", "--mode=fast");
        running = false;
    }

    @Override
    public void close() throws IOException {
        if (running) {
            stop();
        }
    }
}
