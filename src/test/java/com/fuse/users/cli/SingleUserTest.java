package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The toggle for a single user: {@code --user} instead of a file, with an answer for a person. */
@ExtendWith(TestPlatform.class)
record SingleUserTest(World world, FuseUsers fuseUsers) {

    @Test
    void aUserIsDeactivatedByID() {
        world.users(1, 2);

        FuseUsers.Result result =
                fuseUsers.run("deactivate", "--yes", "--user", "2").exits(0);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("\n1 row names 1 user; 1 would be deactivated, of 2 active users (50.0 %)\n");
        assertThat(active()).containsExactly("1");
    }

    @Test
    void aUserIsReactivatedByID() {
        world.inactiveUser(1, "2024-02-03T04:05:06Z");
        world.inactiveUser(2, "2024-02-03T04:05:06Z");

        FuseUsers.Result result =
                fuseUsers.run("reactivate", "--yes", "--user", "2").exits(0);

        assertThat(result.err()).isEmpty();
        assertThat(active()).containsExactly("2");
    }

    @Test
    void theRefusalOfAnAdminNamesTheCommunities() {
        world.user(1);
        world.admin(1, 3);
        world.admin(1, 2);
        Map<String, List<String>> before = world.platform();

        FuseUsers.Result result =
                fuseUsers.run("deactivate", "--yes", "--user", "1").exits(4);

        assertThat(result.err())
                .isEqualTo("fuse-users: user 1: COMMUNITY_ADMIN, admin of communities 2, 3; remove the admin role, or"
                        + " transfer it to another user, first\n");
        assertThat(world.platform()).isEqualTo(before);
    }

    @Test
    void theRefusalOfEachOfSeveralUsersIsPrinted() {
        world.users(1, 2);
        world.admin(1, 3);

        FuseUsers.Result result = fuseUsers
                .run("deactivate", "--yes", "--user", "1", "--user", "2", "--user", "99")
                .exits(4);

        assertThat(result.out()).endsWith("""
                        user 1: COMMUNITY_ADMIN, admin of community 3; remove the admin role, or transfer it to another\
                         user, first
                        user 99: NOT_FOUND, there is no user 99
                        """);
        assertThat(result.err())
                .startsWith("fuse-users: 2 rows skipped; fix the cause, then run: fuse-users deactivate ")
                .endsWith("run-1/skipped.csv\n");
        assertThat(active()).containsExactly("1");
    }

    private List<String> active() {
        return world.texts("select id::text from users where active order by id");
    }
}
