package com.fuse.users.database;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells whether the server accepts changes, and one transaction changes all of a user's rows. */
public record ServerState(JdbcClient jdbc, ServerHosts hosts) {

    private static final String REFUSAL = """
            select case
                when pg_is_in_recovery() then
                    'the server is a standby and accepts no changes; connect to the primary server'
                when current_setting('transaction_read_only')::boolean then
                    'the server accepts no changes, because default_transaction_read_only is on for the server, the'
                    || ' database or the login; connect to the primary server, or turn the setting off'
                end""";

    /** The reason why the program cannot change this database, and the remedy; empty if it can. */
    public Optional<String> findRefusal() {
        return hosts.findRefusal()
                .or(() -> jdbc.sql(REFUSAL).query(String.class).optional())
                .or(() -> new TablePlaces(jdbc).findRefusal());
    }
}
