package com.fuse.users.deactivation;

import static java.util.stream.Collectors.joining;

import com.fuse.users.change.Decision;
import com.fuse.users.change.Target;
import com.fuse.users.change.UserState;
import com.fuse.users.change.UserStates;
import com.fuse.users.outcome.Outcome;
import java.util.List;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Decides who is deactivated. "You cannot deactivate a user if they are a community admin": such a user is refused,
 * and "a message appears displaying the ID for each community in which the user is an admin".
 */
public class AdminCheckProcessor implements ItemProcessor<Target, Decision> {

    private final UserStates states;

    public AdminCheckProcessor(UserStates states) {
        this.states = states;
    }

    /** Never null: every row gets an outcome. */
    @Override
    public Decision process(Target target) {
        UserState user = states.of(target.userId());
        if (user == null) {
            return Decision.keep(target, Outcome.NOT_FOUND, "there is no user " + target.userId());
        }
        if (!user.active()) {
            return Decision.keep(target, Outcome.ALREADY_INACTIVE, "inactive since " + user.deactivatedAt());
        }
        if (!user.adminOf().isEmpty()) {
            return Decision.keep(target, Outcome.COMMUNITY_ADMIN, refusal(user.adminOf()), user.adminOf());
        }
        return Decision.change(target, Outcome.DEACTIVATED);
    }

    private static String refusal(List<Long> communityIds) {
        return "admin of %s %s; remove the admin role, or transfer it to another user, first"
                .formatted(
                        communityIds.size() == 1 ? "community" : "communities",
                        communityIds.stream().map(String::valueOf).collect(joining(", ")));
    }
}
