package com.fuse.users.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The platform at work on users whom no input names: each transaction signs one in, with a token that is issued and one
 * that is read.
 */
final class PlatformTraffic implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(5);

    private final BenchmarkWorld world;
    private final Thread thread = new Thread(this::work, "platform");
    private final List<Duration> durations = new ArrayList<>();
    private volatile boolean ended;

    PlatformTraffic(BenchmarkWorld world) {
        this.world = world;
        thread.start();
    }

    private void work() {
        try (Connection connection = world.owner().getConnection();
                PreparedStatement read = connection.prepareStatement(
                        "select count(*) from public.oauth_tokens where user_id = ? and expires_at > now()");
                PreparedStatement issue = connection.prepareStatement(
                        "insert into public.oauth_tokens (user_id, token_hash) values (?, sha256(int8send(?)))")) {
            connection.setAutoCommit(false);
            for (long number = 1; !ended; number++) {
                long user = world.outsider(number);
                long start = System.nanoTime();
                read.setLong(1, user);
                read.executeQuery().close();
                issue.setLong(1, user);
                issue.setLong(2, number);
                issue.executeUpdate();
                connection.commit();
                durations.add(Duration.ofNanos(System.nanoTime() - start));
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How long 99 of 100 transactions took at the most. */
    Duration p99() throws InterruptedException {
        close();
        List<Duration> sorted = durations.stream().sorted().toList();
        return sorted.get(sorted.size() * 99 / 100);
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join();
    }
}
