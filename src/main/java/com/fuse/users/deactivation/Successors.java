package com.fuse.users.deactivation;

import com.fuse.users.change.Account;
import com.fuse.users.change.Accounts;
import com.fuse.users.change.Target;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who can take admin roles over: a successor must exist, be active, and not be named by the input, which the leaver is
 * too.
 */
final class Successors {

    private static final String SELECT_NAMED =
            "select user_id from fuse_batch.run_users where run_id = :run and user_id = any(:users)";

    private final long runId;
    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final Set<Long> named = new HashSet<>();

    /** @param accounts those of the chunk, successors included */
    Successors(long runId, JdbcClient jdbc, Accounts accounts) {
        this.runId = runId;
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    /** The successors of these targets, each once. */
    static List<Long> of(Collection<? extends Target> targets) {
        return targets.stream()
                .map(Target::successorId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Looks the successors of a chunk up. */
    void lookUp(List<Long> successorIds) {
        named.clear();
        if (!successorIds.isEmpty()) {
            named.addAll(jdbc.sql(SELECT_NAMED)
                    .param("run", runId)
                    .param("users", successorIds.toArray(Long[]::new))
                    .query(Long.class)
                    .list());
        }
    }

    /** Why the successor cannot take over from the leaver; null if nothing is in the way. */
    @Nullable
    String problem(long leaverId, long successorId) {
        if (successorId == leaverId) {
            return "that is the same user";
        }
        Account successor = accounts.find(successorId);
        if (successor == null) {
            return "there is no such user";
        }
        if (!successor.active()) {
            return "inactive since " + successor.deactivatedAt();
        }
        return named.contains(successorId) ? "the input names that user too" : null;
    }
}
