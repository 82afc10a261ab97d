package com.fuse.users.deactivation;

import com.fuse.users.change.Account;
import com.fuse.users.change.Accounts;
import java.util.HashSet;
import java.util.List;
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

    /** @param lock whether the successors may get roles in the same transaction */
    Successors(long runId, JdbcClient jdbc, boolean lock) {
        this.runId = runId;
        this.jdbc = jdbc;
        this.accounts = new Accounts(jdbc, lock);
    }

    /**
     * Looks these users up, and forgets all others. Those whom the input names are not locked: another partition may
     * have them locked, and wait for this one's users.
     */
    void lookUp(List<Long> userIds) {
        named.clear();
        if (!userIds.isEmpty()) {
            named.addAll(jdbc.sql(SELECT_NAMED)
                    .param("run", runId)
                    .param("users", userIds.toArray(Long[]::new))
                    .query(Long.class)
                    .list());
            accounts.lookUp(
                    userIds.stream().filter(userId -> !named.contains(userId)).toList());
        }
    }

    /** Why the successor cannot take over from the leaver; null if nothing is in the way. */
    @Nullable
    String problem(long leaverId, long successorId) {
        if (successorId == leaverId) {
            return "that is the same user";
        }
        if (named.contains(successorId)) {
            return "the input names that user too";
        }
        Account successor = accounts.find(successorId);
        if (successor == null) {
            return "there is no such user";
        }
        return successor.active() ? null : "inactive since " + successor.deactivatedAt();
    }
}
