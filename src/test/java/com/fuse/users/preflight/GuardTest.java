package com.fuse.users.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import com.fuse.users.run.request.GuardLimits;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guard refuses more than N users, or more than P % of the active users. It allows exactly N users and exactly P %.
 */
class GuardTest {

    @Nested
    class Arithmetic {

        @Test
        void allowsExactlyTheLimit() {
            assertThat(judge(50, 1_000, 50L, null)).isNull();
        }

        @Test
        void refusesOneUserMoreThanTheLimit() {
            assertThat(judge(51, 1_000, 50L, null))
                    .isEqualTo("51 users would be deactivated, more than --max-users 50; check the input, or raise the"
                            + " limit");
        }

        @Test
        void refusesAnyUserIfTheLimitIsZero() {
            assertThat(judge(0, 1_000, 0L, null)).isNull();
            assertThat(judge(1, 1_000, 0L, null)).contains("1 user ", "--max-users 0");
        }

        @Test
        void allowsExactlyThePercentage() {
            assertThat(judge(50, 1_000, null, "5")).isNull();
            assertThat(judge(1, 3, null, "33.4")).isNull();
        }

        @Test
        void refusesSlightlyMoreThanThePercentage() {
            assertThat(judge(51, 1_000, null, "5"))
                    .isEqualTo("51 of 1,000 active users would be deactivated (5.1 %), more than 5 %; check the input,"
                            + " or raise --max-percent");
            assertThat(judge(1, 3, null, "33.333333")).contains("1 of 3", "more than 33.333333 %");
            assertThat(judge(500_001, 10_000_000, null, "5.0")).contains("500,001 of 10,000,000", "more than 5 %");
        }

        @Test
        void appliesAGivenPercentageToSmallInputsToo() {
            assertThat(judge(1, 10, null, "9.99")).contains("1 of 10", "(10.0 %)");
            assertThat(judge(1, 10, null, "10")).isNull();
        }

        @Test
        void zeroPercentAllowsNoUserAndHundredPercentAllowsAll() {
            assertThat(judge(0, 10, null, "0")).isNull();
            assertThat(judge(1, 10_000_000, null, "0")).contains("more than 0 %");
            assertThat(judge(10, 10, null, "100")).isNull();
        }

        @Test
        void theDefaultPercentageAppliesFromOneHundredAndOneUsers() {
            assertThat(judge(100, 100, null, null)).isNull();
            assertThat(judge(101, 505, null, null)).isNull();
            assertThat(judge(101, 504, null, null)).contains("101 of 504", "(20.0 %)", "more than 20 %");
        }

        @Test
        void theDefaultPercentageAlsoAppliesWithALimitOfUsers() {
            assertThat(judge(101, 101, 1_000L, null)).contains("more than 20 %");
        }

        @Test
        void appliesBothLimits() {
            assertThat(judge(10, 100, 9L, "50")).contains("--max-users 9");
            assertThat(judge(10, 100, 10L, "9")).contains("more than 9 %");
            assertThat(judge(10, 100, 10L, "10")).isNull();
        }

        @Test
        void doesNotDivideByNoActiveUsers() {
            assertThat(judge(0, 0, null, "0")).isNull();
            assertThat(judge(0, 0, null, null)).isNull();
            assertThat(judge(1, 0, null, "50")).contains("1 of 0", "more than 50 %");
        }

        private @Nullable String judge(
                long changes, long activeUsers, @Nullable Long maxUsers, @Nullable String maxPercent) {
            return Guard.judge(
                    new Preview(changes, changes, changes, activeUsers, 0, activeUsers),
                    new GuardLimits(maxUsers, maxPercent == null ? null : new BigDecimal(maxPercent)));
        }
    }

    /** Ten active users, of whom the input would deactivate two, though it has many more rows. */
    @Nested
    class OfAnInput {

        private static final String[] TWO_IN_EIGHT_ROWS = {
            "user_id", "1", "1", "001", "2", "10", "11", "99", "what?",
        };

        private static final List<String> UNHARMED = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");

        @Test
        void countsEachActiveUserWhoIsNoAdminOnce(@TempDir Path folder) {
            try (TestDatabase database = TestDatabase.create()) {
                World world = platform(database);
                Map<String, List<String>> before = world.platform();
                FuseUsers fuseUsers = new FuseUsers(database, folder);
                String input = fuseUsers.input("users.csv", TWO_IN_EIGHT_ROWS);

                FuseUsers.Result one = fuseUsers
                        .run("deactivate", "--yes", "--max-users", "1", input)
                        .exits(77);

                assertThat(one.err())
                        .isEqualTo("fuse-users: 2 users would be deactivated, more than --max-users 1; check the input,"
                                + " or raise the limit\n");
                assertThat(world.platform()).isEqualTo(before);
                assertThat(active(world)).isEqualTo(UNHARMED);

                fuseUsers.run("deactivate", "--yes", "--max-users", "2", input).exits(4);

                assertThat(active(world)).isEqualTo(UNHARMED.subList(2, 10));
            }
        }

        @Test
        void comparesThemWithTheActiveUsers(@TempDir Path folder) {
            try (TestDatabase database = TestDatabase.create()) {
                World world = platform(database);
                Map<String, List<String>> before = world.platform();
                FuseUsers fuseUsers = new FuseUsers(database, folder);
                String input = fuseUsers.input("users.csv", TWO_IN_EIGHT_ROWS);

                FuseUsers.Result less = fuseUsers
                        .run("deactivate", "--yes", "--max-percent", "19.99", input)
                        .exits(77);

                assertThat(less.err())
                        .isEqualTo("fuse-users: 2 of 10 active users would be deactivated (20.0 %), more than 19.99 %;"
                                + " check the input, or raise --max-percent\n");
                assertThat(world.platform()).isEqualTo(before);

                fuseUsers
                        .run("deactivate", "--yes", "--max-percent", "20", input)
                        .exits(4);

                assertThat(active(world)).isEqualTo(UNHARMED.subList(2, 10));
            }
        }

        private static World platform(TestDatabase database) {
            World world = new World(database);
            world.users(1, 10);
            world.admin(10, 2);
            world.inactiveUser(11, "2024-02-03T04:05:06Z");
            world.everything(1);
            return world;
        }

        private static List<String> active(World world) {
            return world.texts("select id::text from users where active order by users.id");
        }
    }
}
