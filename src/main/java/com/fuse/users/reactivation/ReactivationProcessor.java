package com.fuse.users.reactivation;

import com.fuse.users.change.Account;
import com.fuse.users.change.Accounts;
import com.fuse.users.change.Decider;
import com.fuse.users.change.Decision;
import com.fuse.users.change.Outcome;
import com.fuse.users.change.Target;
import com.fuse.users.run.Run;
import com.fuse.users.text.Moments;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Decides who is reactivated: "You can reactivate a deactivated user at any time". An account without its personal data
 * stays inactive, because it no longer belongs to a person.
 */
public final class ReactivationProcessor implements Decider {

    private final Accounts accounts;

    public ReactivationProcessor(Run run, JdbcClient jdbc) {
        this.accounts = new Accounts(jdbc, !run.dryRun());
    }

    @Override
    public void lookUp(List<Target> targets) {
        accounts.lookUp(Target.userIds(targets));
    }

    @Override
    public Decision process(Target target) {
        Account account = accounts.find(target.userId());
        if (account == null) {
            return Decision.notFound(target);
        }
        if (account.active()) {
            // The platform keeps no record of when a user was last reactivated.
            return Decision.keep(
                    target,
                    Outcome.ALREADY_ACTIVE,
                    "active; the account has existed since " + Moments.of(account.createdAt()));
        }
        if (account.personalDataRemovedAt() != null) {
            return Decision.keep(
                    target,
                    Outcome.PERSONAL_DATA_REMOVED,
                    "personal data removed since %s; the account cannot come back, make a new one"
                            .formatted(Moments.of(account.personalDataRemovedAt())));
        }
        return Decision.change(target, Outcome.REACTIVATED);
    }

    /** The time at which a user of the chunk was deactivated; null if the user is active or does not exist. */
    public @Nullable Instant inactiveSince(Target target) {
        Account account = accounts.find(target.userId());
        return account == null ? null : account.deactivatedAt();
    }
}
