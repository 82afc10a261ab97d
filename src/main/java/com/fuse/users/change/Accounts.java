package com.fuse.users.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The accounts that a chunk's decisions rest on, looked up in its transaction by one statement. They stay locked until
 * the transaction ends, so what is decided on stays true; a plan, which changes nothing, locks nothing.
 */
public final class Accounts {

    // Conflicts with what the guards take when somebody grants a token or a role, but not with a foreign key's lock.
    private static final String LOCK = " for no key update";

    // In the order of IDs, or two partitions could wait for each other.
    private static final String SELECT = """
            select id, active, created_at, deactivated_at, personal_data_removed_at
            from public.users
            where id = any(:users)
            order by id""";

    private final JdbcClient jdbc;
    private final boolean lock;
    private final Map<Long, Account> accounts = new HashMap<>();

    /** @param lock whether the users may be changed in the same transaction */
    public Accounts(JdbcClient jdbc, boolean lock) {
        this.jdbc = jdbc;
        this.lock = lock;
    }

    /** Looks these users up, and forgets all others. */
    public void lookUp(Collection<Long> userIds) {
        accounts.clear();
        jdbc.sql(lock ? SELECT + LOCK : SELECT)
                .param("users", userIds.toArray(Long[]::new))
                .query(Accounts::account)
                .list()
                .forEach(account -> accounts.put(account.userId(), account));
    }

    /** The account of a user who was looked up last; null if there is no such user. */
    public @Nullable Account find(long userId) {
        return accounts.get(userId);
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getLong("id"),
                row.getBoolean("active"),
                Objects.requireNonNull(instant(row, "created_at")),
                instant(row, "deactivated_at"),
                instant(row, "personal_data_removed_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
