package com.fuse.users.change;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The state of a chunk's users, looked up in its transaction before the first of them is judged: two statements for
 * the whole chunk. The users stay locked until the transaction ends, so what is decided on stays true; a plan, which
 * changes nothing, locks nothing.
 */
public class UserStates implements ChunkListener<Target, Decision> {

    // Conflicts with what the guards take when somebody grants a token or a role, but not with a foreign key's lock.
    private static final String LOCK = " for no key update";

    private static final String SELECT_USERS =
            "select id, active, deactivated_at from public.users where id = any(:users) order by id";

    // A statement of its own: it has to see what was granted while the statement before waited for its locks.
    private static final String SELECT_ADMINS = """
            select user_id, array_agg(community_id order by community_id) as community_ids
            from public.community_admins
            where user_id = any(:users)
            group by user_id
            """;

    private final JdbcClient jdbc;
    private final boolean lock;
    private final Map<Long, UserState> states = new HashMap<>();

    /** @param lock whether the users may be changed in the same transaction */
    public UserStates(JdbcClient jdbc, boolean lock) {
        this.jdbc = jdbc;
        this.lock = lock;
    }

    @Override
    public void beforeChunk(Chunk<Target> chunk) {
        Long[] users = chunk.getItems().stream().map(Target::userId).toArray(Long[]::new);
        states.clear();
        jdbc.sql(lock ? SELECT_USERS + LOCK : SELECT_USERS)
                .param("users", users)
                .query(UserStates::user)
                .list()
                .forEach(user -> states.put(user.userId(), user));
        jdbc.sql(SELECT_ADMINS).param("users", users).query(row -> {
            List<Long> communityIds = communityIds(row.getArray("community_ids"));
            states.computeIfPresent(
                    row.getLong("user_id"),
                    (id, user) -> new UserState(id, user.active(), user.deactivatedAt(), communityIds));
        });
    }

    /** The state of a user of the current chunk; null if there is no such user. */
    public @Nullable UserState of(long userId) {
        return states.get(userId);
    }

    private static UserState user(ResultSet row, int number) throws SQLException {
        OffsetDateTime deactivatedAt = row.getObject("deactivated_at", OffsetDateTime.class);
        Instant since = deactivatedAt == null ? null : deactivatedAt.toInstant();
        return new UserState(row.getLong("id"), row.getBoolean("active"), since, List.of());
    }

    private static List<Long> communityIds(Array array) throws SQLException {
        return List.of((Long[]) array.getArray());
    }
}
