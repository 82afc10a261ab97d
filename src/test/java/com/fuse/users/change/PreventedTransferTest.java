package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A leaver whose admin role does not pass to the successor, without an error, fails and keeps everything.
 */
@ExtendWith(TestPlatform.class)
class PreventedTransferTest {

    private final World world;
    private final FourUsers users;

    PreventedTransferTest(World world, FuseUsers fuseUsers) {
        this.world = world;
        users = new FourUsers(world, fuseUsers);
    }

    @BeforeEach
    void makeUsers() {
        users.make();
        world.user(8);
        world.admin(2, 2);
        world.admin(3, 3);
    }

    @ParameterizedTest
    @CsvSource({
        "before insert on community_admins, new.community_id, community_admins",
        "before insert on community_memberships, new.community_id, community_memberships"
    })
    void aLeaverWhoseSuccessorGetsNothingFails(String when, String communityId, String table) {
        new Poison("trigger", when, communityId).run(world, "return null", 3);

        users.run("deactivate", "--transfer-admin-to", "8").exits(4);

        users.assertUser3IsKept(1, "DEACTIVATED", table);
        assertThat(users.users().subList(0, 4))
                .containsExactly(
                        "1" + FourUsers.GONE, "2" + FourUsers.GONE, "3" + FourUsers.COMPLETE, "4" + FourUsers.GONE);
        assertThat(admins()).containsExactly("2 admin 8", "3 admin 3");
    }

    /** The guard of the platform refuses to make the admin inactive, and names the community. */
    @Test
    void aLeaverWhoKeepsTheRoleFails() {
        new Poison("trigger", "before delete on community_admins", "old.user_id").run(world, "return null", 3);

        users.run("deactivate", "--transfer-admin-to", "8").exits(4);

        users.assertUser3Fails(
                1, "DEACTIVATED", "a community admin cannot be inactive: user 3 is admin of 3 (SQLSTATE 23514)");
        assertThat(admins()).containsExactly("2 admin 8", "3 admin 3");
    }

    private List<String> admins() {
        return world.texts(
                "select concat_ws(' ', community_id, 'admin', user_id) from community_admins order by community_id");
    }
}
