package com.fuse.users.benchmark;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * The script that an experienced person writes for one occasion: load the file into a temporary table, then run one
 * set-based statement for each table, all in one transaction. It has no resume, no undo and no guard.
 */
final class HandWrittenScript implements Contender {

    static final String NAME = "hand-written script";

    @Override
    public Map<String, Duration> run(BenchmarkWorld world, Path input) throws Exception {
        long start = System.nanoTime();
        try (Connection connection = world.owner().getConnection();
                Statement statement = connection.createStatement();
                BufferedReader rows = Files.newBufferedReader(input)) {
            connection.setAutoCommit(false);
            statement.execute(Sql.read("script-before.sql"));
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy staged (user_id) from stdin (format csv, header)", rows);
            statement.execute(Sql.read("script.sql"));
            connection.commit();
        }
        return Map.of(NAME, Duration.ofNanos(System.nanoTime() - start));
    }
}
