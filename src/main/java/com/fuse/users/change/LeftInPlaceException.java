package com.fuse.users.change;

import java.util.Map;
import java.util.Set;

/** The database reported no error, but did not make the whole change of some users: a trigger or a rule prevents it. */
final class LeftInPlaceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Map<Long, Set<String>> tablesByUser;

    /** @param tablesByUser the tables that are not as the change leaves them */
    LeftInPlaceException(Map<Long, Set<String>> tablesByUser) {
        super("the changes of %d users are incomplete".formatted(tablesByUser.size()));
        this.tablesByUser = tablesByUser;
    }

    boolean concerns(Target target) {
        return tablesByUser.containsKey(target.userId());
    }

    /** The reason for this user, in one line. */
    String reason(Target target) {
        return reason(tablesByUser.getOrDefault(target.userId(), Set.of()));
    }

    /** The reason for a user for whom these tables are not as the change leaves them. */
    static String reason(Set<String> tables) {
        return "%s %s not changed; a trigger or rule of the platform prevents it"
                .formatted(String.join(", ", tables), tables.size() == 1 ? "was" : "were");
    }
}
