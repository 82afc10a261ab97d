package com.fuse.users;

import java.util.List;

/** An input with every outcome of a deactivation that depends on data only, and its users. */
public final class EveryOutcome {

    /** The rows that the deactivation of users 1, 4 and 5 deletes, by step. */
    public static final List<String> DELETED_ROWS = List.of(
            "auto_login_tokens 2",
            "device_tokens 2",
            "oauth_tokens 2",
            "membership_requests 1",
            "community_memberships 3",
            "certificates 2");

    private static final String[] LINES = {
        "user_id,note",
        "1,leaver",
        "2,left before",
        "3,admin",
        "999,unknown",
        "1,once more",
        "999,once more",
        "3,once more",
        "12345.0,a float",
        "-5,negative",
        "\"1,234\",quoted thousands",
        "1,234,567",
        ",nobody",
        "0,too small",
        "9223372036854775808,too large",
        "\" 004 \",blanks and zeros",
        "2,once more",
        "5",
    };

    private EveryOutcome() {}

    /** Creates the users, writes the input, and returns its path. */
    public static String make(World world, FuseUsers fuseUsers) {
        world.user(1);
        world.everything(1);
        world.inactiveUser(2, "2024-02-03T04:05:06Z");
        world.user(3);
        world.member(3, 2);
        world.admin(3, 3);
        world.admin(3, 2);
        world.users(4, 5);
        world.member(5, 3);
        return fuseUsers.input("every-outcome.csv", LINES);
    }
}
