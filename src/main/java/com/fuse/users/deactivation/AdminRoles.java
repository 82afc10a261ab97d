package com.fuse.users.deactivation;

import java.sql.Array;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Of which communities the users of a chunk are admins. */
final class AdminRoles {

    private static final String SELECT = """
            select user_id, array_agg(community_id order by community_id) as community_ids
            from public.community_admins
            where user_id = any(:users)
            group by user_id
            """;

    private final JdbcClient jdbc;
    private final Map<Long, List<Long>> communityIds = new HashMap<>();

    AdminRoles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Looks these users up, and forgets all others. To be called once they are locked: no role can be added then. */
    void lookUp(Collection<Long> userIds) {
        communityIds.clear();
        jdbc.sql(SELECT).param("users", userIds.toArray(Long[]::new)).query(row -> {
            Array ids = row.getArray("community_ids");
            communityIds.put(row.getLong("user_id"), List.of((Long[]) ids.getArray()));
        });
    }

    /** The IDs of the user's communities, ascending; empty if the user is no admin. */
    List<Long> of(long userId) {
        return communityIds.getOrDefault(userId, List.of());
    }
}
