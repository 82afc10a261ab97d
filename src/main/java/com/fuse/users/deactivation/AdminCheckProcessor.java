package com.fuse.users.deactivation;

import static java.util.stream.Collectors.joining;

import com.fuse.users.change.Account;
import com.fuse.users.change.Accounts;
import com.fuse.users.change.Decider;
import com.fuse.users.change.Decision;
import com.fuse.users.change.Outcome;
import com.fuse.users.change.Target;
import com.fuse.users.run.Run;
import com.fuse.users.text.Moments;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Decides who is deactivated. "You cannot deactivate a user if they are a community admin": such a user is refused,
 * and "a message appears displaying the ID for each community in which the user is an admin", unless a successor takes
 * these communities over. {@link Deactivation#eligible} counts users by the same rule in SQL: change both.
 */
final class AdminCheckProcessor implements Decider {

    private final Accounts accounts;
    private final AdminRoles roles;
    private final Successors successors;

    AdminCheckProcessor(Run run, JdbcClient jdbc) {
        this.accounts = new Accounts(jdbc, !run.dryRun());
        this.roles = new AdminRoles(jdbc, run.namesSuccessors() && !run.dryRun());
        this.successors = new Successors(run.id(), jdbc, !run.dryRun());
    }

    @Override
    public void lookUp(List<Target> targets) {
        List<Long> userIds = Target.userIds(targets);
        accounts.lookUp(userIds);
        roles.lookUp(userIds);
        successors.lookUp(targets.stream()
                .filter(target -> !roles.of(target.userId()).isEmpty())
                .map(Target::successorId)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    }

    @Override
    public Decision process(Target target) {
        Account account = accounts.find(target.userId());
        if (account == null) {
            return Decision.notFound(target);
        }
        if (!account.active()) {
            return Decision.keep(
                    target, Outcome.ALREADY_INACTIVE, "inactive since " + Moments.of(account.deactivatedAt()));
        }
        List<Long> communityIds = roles.of(target.userId());
        return communityIds.isEmpty() ? Decision.change(target, Outcome.DEACTIVATED) : ofAdmin(target, communityIds);
    }

    private Decision ofAdmin(Target target, List<Long> communityIds) {
        String communities = named(communityIds);
        Long successorId = target.successorId();
        if (successorId == null) {
            return Decision.keep(
                    target,
                    Outcome.COMMUNITY_ADMIN,
                    "admin of %s; remove the admin role, or transfer it to another user, first".formatted(communities),
                    communityIds);
        }
        String problem = successors.problem(target.userId(), successorId);
        if (problem != null) {
            return Decision.keep(
                    target,
                    Outcome.INVALID_SUCCESSOR,
                    "admin of %s, which user %d cannot take over: %s; name an active user who stays"
                            .formatted(communities, successorId, problem),
                    communityIds);
        }
        return Decision.change(
                target,
                Outcome.DEACTIVATED,
                "admin of %s until user %d took over".formatted(communities, successorId),
                communityIds);
    }

    private static String named(List<Long> communityIds) {
        return (communityIds.size() == 1 ? "community " : "communities ")
                + communityIds.stream().map(String::valueOf).collect(joining(", "));
    }
}
