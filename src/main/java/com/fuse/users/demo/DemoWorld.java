package com.fuse.users.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A made-up platform: users, their communities, courses, tokens and everything that they left behind. The same seed and
 * sizes always give the same rows, in every time zone. Nothing has happened after 2026-01-01 UTC.
 */
public final class DemoWorld {

    private static final int LEAST_COMMUNITIES = 10;

    private static final List<String> PARTS = List.of(
            "indexes-away.sql",
            "users.sql",
            "communities.sql",
            "access.sql",
            "learning.sql",
            "retained.sql",
            "indexes-back.sql");

    private final long seed;
    private final int users;
    private final int communities;

    /**
     * @param users how many users there are; their IDs go from 1 to this number
     * @param communities how many communities there are, the global one (ID 1) included; at least 10
     */
    public DemoWorld(long seed, int users, int communities) {
        if (users < 1 || communities < LEAST_COMMUNITIES) {
            throw new IllegalArgumentException("A world has at least 1 user and %d communities, not %d and %d"
                    .formatted(LEAST_COMMUNITIES, users, communities));
        }
        this.seed = seed;
        this.users = users;
        this.communities = communities;
    }

    /** The world that the sample input in {@code input/} belongs to. */
    public static DemoWorld ofTheDemo() {
        return new DemoWorld(2026, 5_000, 100);
    }

    /**
     * Fills the platform's tables in one transaction, then analyzes them. Does nothing if a user exists.
     *
     * @param superuser a superuser's connection without an open transaction; the transaction switches foreign keys and
     *     guards off, and drops indexes until its end
     */
    public void fill(Connection superuser) {
        DataSource source = new SingleConnectionDataSource(superuser, true);
        JdbcTemplate platform = new JdbcTemplate(source);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        if (Boolean.TRUE.equals(transaction.execute(status -> insertIfEmpty(platform)))) {
            platform.execute("analyze");
        }
    }

    private boolean insertIfEmpty(JdbcTemplate platform) {
        platform.execute("lock table public.users in share row exclusive mode");
        if (!platform.queryForList("select from public.users limit 1").isEmpty()) {
            return false;
        }
        // Foreign key checks for each row would take most of the time. A test checks that the world keeps every rule.
        platform.execute("set local session_replication_role = replica; set local work_mem = '256MB'");
        platform.execute(draws());
        PARTS.forEach(part -> platform.execute(sql(part)));
        return true;
    }

    /** The functions that draw values for the parts, by a hash of ID and purpose: the order of rows does not matter. */
    private String draws() {
        return """
                create or replace function pg_temp.users() returns integer
                    language sql immutable parallel safe return %2$d;

                create or replace function pg_temp.communities() returns integer
                    language sql immutable parallel safe return %3$d;

                -- One of 0 to choices - 1. Each use has a salt of its own, or two draws of one user would be the same.
                create or replace function pg_temp.pick(id bigint, salt integer, choices integer) returns bigint
                    language sql immutable parallel safe
                    return (hashint8extended(id, hashint8extended(salt::bigint, %1$d)) & 9223372036854775807) %% choices;

                create or replace function pg_temp.moment(id bigint, salt integer, days integer) returns timestamptz
                    language sql stable parallel safe
                    return timestamptz '2026-01-01 00:00:00+00'
                        - (1 + pg_temp.pick(id, salt, days * 86400)) * interval '1 second';

                -- The communities of a user besides the global one, none of them twice for nth from 0 to 7.
                create or replace function pg_temp.community_of(id bigint, nth integer) returns bigint
                    language sql immutable parallel safe
                    return 2 + (pg_temp.pick(id, 1, %4$d) + nth * %5$d) %% %4$d;
                """.formatted(seed, users, communities, communities - 1, (communities - 1) / 8);
    }

    private static String sql(String part) {
        try {
            return new ClassPathResource(part, DemoWorld.class).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
