package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.World;
import java.util.ArrayList;
import java.util.List;

/**
 * The users 1 to 4, of whom each has a row in every table. Something of the platform keeps rows of user 3 as they are, and
 * raises no error.
 */
record FourUsers(World world, FuseUsers fuseUsers) {

    /** A user as {@link #users()} shows them before the first run. */
    static final String COMPLETE = " active, 2 2 2 tokens, 1 request, member of 1 2, certificates 10 11 20 21";

    static final String GONE = " inactive, 0 0 0 tokens, 0 request, member of -, certificates 11 21";
    static final String BACK = " active, 0 0 0 tokens, 0 request, member of 1, certificates 10 11 21";
    static final String BACK_IN_ALL = " active, 0 0 0 tokens, 0 request, member of 1 2, certificates 10 11 21";

    void make() {
        for (long user = 1; user <= 4; user++) {
            world.user(user);
            world.everything(user);
        }
    }

    FuseUsers.Result deactivate() {
        return run("deactivate");
    }

    FuseUsers.Result run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--yes"));
        arguments.addAll(List.of(options));
        arguments.add(fuseUsers.input("users.csv", "user_id", "1", "2", "3", "4"));
        return fuseUsers.run(arguments.toArray(String[]::new));
    }

    /** User 3 fails because these tables are not changed, and the other three have this outcome. */
    void assertUser3IsKept(long run, String outcome, String... tables) {
        assertUser3Fails(
                run,
                outcome,
                "%s %s not changed; a trigger or rule of the platform prevents it"
                        .formatted(String.join(", ", tables), tables.length == 1 ? "was" : "were"));
    }

    /** User 3 fails for this reason, and the other three have this outcome. */
    void assertUser3Fails(long run, String outcome, String message) {
        assertThat(outcomes(run))
                .containsExactly("1 " + outcome, "2 " + outcome, "3 FAILED " + message, "4 " + outcome);
    }

    List<String> outcomes(long run) {
        return world.texts("""
                select concat_ws(' ', user_id, outcome, case outcome when 'FAILED' then message end)
                from fuse_batch.run_outcomes
                where run_id = ?
                order by user_id
                """, run);
    }

    List<String> users() {
        return world.texts("""
                select concat(u.id, case when active then ' active, ' else ' inactive, ' end,
                    (select count(*) from auto_login_tokens t where t.user_id = u.id), ' ',
                    (select count(*) from device_tokens t where t.user_id = u.id), ' ',
                    (select count(*) from oauth_tokens t where t.user_id = u.id), ' tokens, ',
                    (select count(*) from membership_requests t where t.user_id = u.id), ' request, member of ',
                    coalesce((select string_agg(t.community_id::text, ' ' order by t.community_id)
                              from community_memberships t where t.user_id = u.id), '-'), ', certificates ',
                    (select string_agg(t.course_id::text, ' ' order by t.course_id)
                     from certificates t where t.user_id = u.id))
                from users u
                order by u.id
                """);
    }
}
