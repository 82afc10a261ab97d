package com.fuse.users.reactivation;

import com.fuse.users.change.Account;
import com.fuse.users.change.Accounts;
import com.fuse.users.change.Decider;
import com.fuse.users.change.Decision;
import com.fuse.users.change.Outcome;
import com.fuse.users.change.Target;
import com.fuse.users.run.Run;
import com.fuse.users.text.Moments;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Decides whose certificates are reissued: only those of active users, because "going to a completed course and
 * clicking Get certificate" requires a sign-in.
 */
final class ReissueProcessor implements Decider {

    private final Accounts accounts;

    ReissueProcessor(Run run, JdbcClient jdbc) {
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
        return account.active()
                ? Decision.change(target, Outcome.REISSUED)
                : Decision.keep(
                        target,
                        Outcome.INACTIVE,
                        "inactive since %s; reactivate the user first".formatted(Moments.of(account.deactivatedAt())));
    }
}
