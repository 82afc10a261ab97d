package com.fuse.users.demo;

import com.fuse.users.database.DemoDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The demo database as a PostgreSQL server embedded in the checkout, kept in {@code target/demo-postgres} between
 * starts. It listens on the loopback address only, and trusts every client.
 *
 * <p>Every process that uses it holds a connection open. From the connection the other processes see that the server is in
 * use, and they see the end of a process that was killed.
 */
public final class EmbeddedDemoDatabase implements DemoDatabase {

    private static final String DATABASE = "fuse";
    private static final String JOB_LOGIN = "fuse_users_demo";

    private static final Pattern ERROR = Pattern.compile("(?:FATAL|PANIC|HINT|error|hint): .*");

    /** A file lock belongs to the whole process; this one is for the threads of one process. */
    private static final Object IN_THIS_PROCESS = new Object();

    private final Path folder;
    private final Path log;
    private final EmbeddedServer server;
    private @Nullable SingleConnectionDataSource held;

    /** The demo database of the working directory. */
    public EmbeddedDemoDatabase() {
        this(Path.of("target", "demo-postgres"));
    }

    EmbeddedDemoDatabase(Path folder) {
        this.folder = folder;
        this.log = folder.resolve("server.log");
        this.server = new EmbeddedServer(folder, log);
    }

    @Override
    public Settings start() {
        long logged = log.toFile().length();
        try {
            return oneAtATime(() -> {
                SingleConnectionDataSource superuser = server.connect();
                held = superuser;
                return prepare(superuser);
            });
        } catch (FlywayValidateException e) {
            close();
            throw new IllegalStateException(
                    "the demo database was made by other migrations; delete the folder %s and run again"
                            .formatted(folder),
                    e);
        } catch (Exception | ExceptionInInitializerError e) {
            close();
            throw new IllegalStateException(
                    "the demo database does not start: %s (%s says more); run again; if that does not help, delete the folder %s, which holds nothing but the demo, or set SPRING_DATASOURCE_URL to a PostgreSQL of your own"
                            .formatted(errorsAfter(logged).orElseGet(() -> cause(e)), log, folder),
                    e);
        }
    }

    @Override
    public void close() {
        SingleConnectionDataSource own = held;
        if (own == null) {
            return;
        }
        held = null;
        try {
            oneAtATime(() -> {
                own.close();
                return stopUnlessUsed();
            });
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the demo database does not stop: %s (%s says more)".formatted(cause(e), log), e);
        }
    }

    private static Settings prepare(DataSource superuser) throws IOException, SQLException {
        int port = JdbcClient.create(superuser)
                .sql("select inet_server_port()")
                .query(Integer.class)
                .single();
        String url = EmbeddedServer.url(port, DATABASE);
        // The passwords are for clients that insist on one.
        Login job = new Login(url, JOB_LOGIN, JOB_LOGIN);
        Login owner = new Login(url, EmbeddedServer.SUPERUSER, EmbeddedServer.SUPERUSER);
        DemoPreparation preparation = new DemoPreparation(superuser, DATABASE, job);
        if (!preparation.isDone()) {
            preparation.run(new DriverManagerDataSource(url, owner.username(), owner.password()));
        }
        return new Settings(job, owner);
    }

    private boolean stopUnlessUsed() throws IOException, SQLException {
        Optional<SingleConnectionDataSource> running = server.attach();
        if (running.isEmpty()) {
            return false;
        }
        boolean used;
        try (SingleConnectionDataSource superuser = running.get()) {
            used = isUsedByOthers(JdbcClient.create(superuser));
        }
        if (!used) {
            server.stop();
        }
        return !used;
    }

    private static boolean isUsedByOthers(JdbcClient superuser) {
        // The server shows a connection for a moment after its client has closed it.
        for (int attempt = 0; attempt < 100; attempt++) {
            long others = superuser.sql("""
                            select count(*)
                            from pg_stat_activity
                            where backend_type = 'client backend'
                              and pid <> pg_backend_pid()
                            """).query(Long.class).single();
            if (others == 0) {
                return false;
            }
            superuser.sql("select pg_sleep(0.01)").query().singleRow();
        }
        return true;
    }

    /** The errors that PostgreSQL has logged after the first {@code bytes} bytes of its log. */
    private Optional<String> errorsAfter(long bytes) {
        try (InputStream added = Files.newInputStream(log)) {
            added.skipNBytes(bytes);
            return new Scanner(added, StandardCharsets.UTF_8)
                    .findAll(ERROR)
                    .map(MatchResult::group)
                    .distinct()
                    .reduce((first, next) -> first + "; " + next);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String cause(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure).toString();
    }

    private <T> T oneAtATime(Callable<T> task) throws Exception {
        synchronized (IN_THIS_PROCESS) {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return task.call();
            }
        }
    }
}
