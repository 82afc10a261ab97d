package com.fuse.users.change;

import com.fuse.users.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The accounts that a chunk's decisions rest on, looked up in its transaction by one statement. They stay locked until
 * the transaction ends, so that each decision stays true. A plan changes nothing and locks nothing.
 */
public final class Accounts {

    // Conflicts with the guards' lock when a token or a role is granted, but not with the lock of a foreign key.
    private static final String LOCK = " for no key update";

    // In the order of IDs, so that two partitions never wait for each other.
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

    /** Looks these users up, and forgets all other users. */
    public void lookUp(Collection<Long> userIds) {
        accounts.clear();
        jdbc.sql(lock ? SELECT + LOCK : SELECT)
                .param("users", userIds.toArray(Long[]::new))
                .query(Accounts::account)
                .list()
                .forEach(account -> accounts.put(account.userId(), account));
    }

    /** The account of a user of the last look-up; null if there is no such user. */
    public @Nullable Account find(long userId) {
        return accounts.get(userId);
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getLong("id"),
                row.getBoolean("active"),
                Objects.requireNonNull(Times.instant(row, "created_at")),
                Times.instant(row, "deactivated_at"),
                Times.instant(row, "personal_data_removed_at"));
    }
}
