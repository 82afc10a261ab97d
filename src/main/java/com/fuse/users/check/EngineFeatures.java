package com.fuse.users.check;

import com.fuse.users.database.DatabaseError;
import com.fuse.users.report.CsvCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tries what the program needs and other products lack although they claim to be PostgreSQL. Writes nothing and waits for
 * nothing.
 */
final class EngineFeatures {

    /** Some products accept the statement, but lock nothing. */
    private static final String LOCKS = """
            with lock as materialized (select pg_try_advisory_xact_lock_shared(1178948437, 1399157573) as taken)
            select taken and exists (
                select from pg_locks
                where locktype = 'advisory' and granted and pid = pg_backend_pid() and taken)
            from lock
            """;

    private static final String ROW_LOCKS =
            "explain (costs off) select from public.users u where id = 0 for no key update of u skip locked";

    private static final String SESSION_TIMEOUT = "select current_setting('idle_session_timeout', true) is not null";

    private static final String PRODUCT = "select version()";

    private final JdbcClient jdbc;
    private final Map<String, Supplier<Boolean>> features = new LinkedHashMap<>();

    EngineFeatures(JdbcClient jdbc, DataSource source) {
        this.jdbc = jdbc;
        features.put("advisory locks", () -> isTrue(jdbc, LOCKS));
        features.put("FOR NO KEY UPDATE SKIP LOCKED", () -> {
            jdbc.sql(ROW_LOCKS).query(String.class).list();
            return true;
        });
        features.put("COPY TO STDOUT", () -> copies(source));
        features.put("idle_session_timeout", () -> isTrue(jdbc, SESSION_TIMEOUT));
    }

    /** The reason why the engine will not do, and the remedy; empty if it has all that the program needs. */
    Optional<String> findRefusal() {
        List<String> missing = missing();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("%s lacks what the program needs: %s; connect to PostgreSQL 14 or newer"
                        .formatted(product(), String.join(", ", missing)));
    }

    /** The name and the version, without the place and the time of the build. */
    String product() {
        return jdbc.sql(PRODUCT).query(String.class).single().replaceFirst(" on .*| \\(.*", "");
    }

    /** Each with its error if there is one. */
    private List<String> missing() {
        return features.entrySet().stream()
                .flatMap(feature -> lack(feature.getKey(), feature.getValue()).stream())
                .toList();
    }

    private static Optional<String> lack(String name, Supplier<Boolean> works) {
        try {
            return works.get() ? Optional.empty() : Optional.of(name);
        } catch (DataAccessException e) {
            DatabaseError error = DatabaseError.in(e).orElseThrow(() -> e);
            if (error.isUnreachable()) {
                throw e;
            }
            // A missing table or right is another item's.
            return error.isOfConfiguration()
                    ? Optional.empty()
                    : Optional.of("%s (%s)".formatted(name, error.description()));
        }
    }

    private static boolean copies(DataSource source) {
        try {
            return new CsvCopy(source).write("select 1", OutputStream.nullOutputStream()) == 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTrue(JdbcClient jdbc, String query) {
        return jdbc.sql(query).query(Boolean.class).single();
    }
}
