package com.fuse.users.deactivation;

import com.fuse.users.change.Account;
import com.fuse.users.change.Accounts;
import com.fuse.users.text.Moments;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rule for successors: a user can take over admin roles if the user exists, is active, and is not named by the
 * input. The input always names the leaver.
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
     * Looks these users up, and forgets all others. Does not lock the users whom the input names, because that could
     * be a deadlock: another partition may hold their locks and wait for users of this partition.
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

    /** The reason why the successor cannot take over from the leaver; null if the successor can. */
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
        return successor.active() ? null : "inactive since " + Moments.of(successor.deactivatedAt());
    }
}
