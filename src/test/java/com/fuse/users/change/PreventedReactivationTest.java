package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Something of the platform keeps rows as they are, and raises no error. The user fails, stays as before, and all others get
 * back what the command gives them.
 */
@ExtendWith(TestPlatform.class)
class PreventedReactivationTest {

    private final World world;
    private final FuseUsers fuseUsers;
    private final FourUsers users;

    PreventedReactivationTest(World world, FuseUsers fuseUsers) {
        this.world = world;
        this.fuseUsers = fuseUsers;
        users = new FourUsers(world, fuseUsers);
    }

    @BeforeEach
    void makeUsers() {
        users.make();
    }

    @Nested
    class OfInactiveUsers {

        @BeforeEach
        void makeInactive() {
            users.deactivate().exits(0);
        }

        @Test
        void aUserWhomATriggerKeepsInactiveFails() {
            Poison.OF_UPDATES.run(world, "return null", 3);

            users.run("reactivate").exits(4);

            users.assertUser3IsKept(2, "REACTIVATED", "users");
            assertThat(users.users())
                    .containsExactly(
                            "1" + FourUsers.BACK, "2" + FourUsers.BACK, "3" + FourUsers.GONE, "4" + FourUsers.BACK);
        }

        @Test
        void aUserWhoKeepsTheTimeOfTheDeactivationFails() {
            world.execute("alter table users drop constraint users_active_or_deactivated");
            Poison.OF_UPDATES.run(world, "new.deactivated_at := old.deactivated_at", 3);

            users.run("reactivate").exits(4);

            users.assertUser3IsKept(2, "REACTIVATED", "users");
            assertThat(users.users())
                    .containsExactly(
                            "1" + FourUsers.BACK, "2" + FourUsers.BACK, "3" + FourUsers.GONE, "4" + FourUsers.BACK);
        }

        @ParameterizedTest
        @CsvSource({"community_memberships", "certificates"})
        void aUserWhoDoesNotGetARowFails(String table) {
            new Poison("trigger", "before insert on " + table, "new.user_id").run(world, "return null", 3);

            users.run("reactivate").exits(4);

            users.assertUser3IsKept(2, "REACTIVATED", table);
            assertThat(users.users())
                    .containsExactly(
                            "1" + FourUsers.BACK, "2" + FourUsers.BACK, "3" + FourUsers.GONE, "4" + FourUsers.BACK);
        }

        @Test
        void aUserWhomATriggerKeepsInactiveFailsInAnUndo() {
            Poison.OF_UPDATES.run(world, "return null", 3);

            fuseUsers.run("undo", "--yes", "1").exits(4);

            users.assertUser3IsKept(2, "REACTIVATED", "users");
            assertThat(users.users())
                    .containsExactly(
                            "1" + FourUsers.BACK, "2" + FourUsers.BACK, "3" + FourUsers.GONE, "4" + FourUsers.BACK);
        }

        @Test
        void aUserWhoDoesNotGetAMembershipBackFails() {
            new Poison(
                            "trigger",
                            "before insert on community_memberships",
                            "case new.community_id when 2 then new.user_id end")
                    .run(world, "return null", 3);

            fuseUsers.run("undo", "--yes", "--with-memberships", "1").exits(4);

            users.assertUser3IsKept(2, "REACTIVATED", "community_memberships");
            assertThat(users.users())
                    .containsExactly(
                            "1" + FourUsers.BACK_IN_ALL,
                            "2" + FourUsers.BACK_IN_ALL,
                            "3" + FourUsers.GONE,
                            "4" + FourUsers.BACK_IN_ALL);
        }
    }

    @Test
    void aUserWhoDoesNotGetACertificateFails() {
        world.execute("delete from certificates where course_id = 20");
        new Poison("trigger", "before insert on certificates", "new.user_id").run(world, "return null", 3);

        users.run("reissue-certificates").exits(4);

        users.assertUser3IsKept(1, "REISSUED", "certificates");
        assertThat(users.users())
                .containsExactly(
                        "1" + FourUsers.COMPLETE,
                        "2" + FourUsers.COMPLETE,
                        "3 active, 2 2 2 tokens, 1 request, member of 1 2, certificates 10 11 21",
                        "4" + FourUsers.COMPLETE);
    }
}
