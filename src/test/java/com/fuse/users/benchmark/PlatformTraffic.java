package com.fuse.users.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Traffic of users who are not in the input: each transaction signs one in, with one token issued and one read. */
final class PlatformTraffic implements AutoCloseable {

    private final BenchmarkWorld world;
    private final Connection connection;
    private final PreparedStatement read;
    private final PreparedStatement issue;
    private final List<Duration> durations = new ArrayList<>();
    private final Repetition repetition;

    PlatformTraffic(BenchmarkWorld world) throws SQLException {
        this.world = world;
        this.connection = world.owner().getConnection();
        connection.setAutoCommit(false);
        this.read = connection.prepareStatement(
                "select count(*) from public.oauth_tokens where user_id = ? and expires_at > now()");
        this.issue = connection.prepareStatement(
                "insert into public.oauth_tokens (user_id, token_hash) values (?, sha256(int8send(?)))");
        this.repetition = new Repetition("platform", this::signIn);
    }

    private void signIn(long number) throws SQLException {
        long user = world.outsider(number);
        long start = System.nanoTime();
        read.setLong(1, user);
        read.executeQuery().close();
        issue.setLong(1, user);
        issue.setLong(2, number);
        issue.executeUpdate();
        connection.commit();
        durations.add(Duration.ofNanos(System.nanoTime() - start));
    }

    /** How long 99 of 100 transactions took at the most. No more follow. */
    Duration p99() {
        repetition.end();
        List<Duration> sorted = durations.stream().sorted().toList();
        return sorted.get(sorted.size() * 99 / 100);
    }

    @Override
    public void close() throws SQLException {
        try {
            repetition.end();
        } finally {
            connection.close();
        }
    }
}
