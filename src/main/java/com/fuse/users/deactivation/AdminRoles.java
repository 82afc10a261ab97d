package com.fuse.users.deactivation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The communities in which the users of a chunk are admins. */
final class AdminRoles {

    private static final String SELECT = """
            select user_id, community_id
            from public.community_admins
            where user_id = any(:users)
            order by user_id, community_id""";

    /** Conflicts only with the removal of the roles. */
    private static final String LOCK = " for key share";

    private final JdbcClient jdbc;
    private final boolean lock;
    private final Map<Long, List<Long>> communityIds = new HashMap<>();

    /** @param lock whether the same transaction may hand roles over, so that they must not be removed meanwhile */
    AdminRoles(JdbcClient jdbc, boolean lock) {
        this.jdbc = jdbc;
        this.lock = lock;
    }

    /** Looks these users up, and forgets all others. Call it after the users are locked: then no role can be added. */
    void lookUp(Collection<Long> userIds) {
        communityIds.clear();
        jdbc.sql(lock ? SELECT + LOCK : SELECT)
                .param("users", userIds.toArray(Long[]::new))
                .query(row -> {
                    communityIds
                            .computeIfAbsent(row.getLong("user_id"), userId -> new ArrayList<>())
                            .add(row.getLong("community_id"));
                });
    }

    /** The IDs of the user's communities, ascending; empty if the user is no admin. */
    List<Long> of(long userId) {
        return List.copyOf(communityIds.getOrDefault(userId, List.of()));
    }
}
