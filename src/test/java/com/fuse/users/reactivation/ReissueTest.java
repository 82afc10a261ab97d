package com.fuse.users.reactivation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** "Get certificate" for many users, compared row by row. */
@ExtendWith(TestPlatform.class)
record ReissueTest(World world, Path folder, FuseUsers fuseUsers) {

    private static final String[] LINES = {"user_id", "1", "2", "3", "4", "5", "6", "7", "999", "01"};

    @Test
    void issuesMissingCertificatesOfCompletedScormCoursesInTheUsersCommunities() {
        makeUsers();
        Map<String, List<String>> before = world.platform();

        String start = world.now();
        FuseUsers.Result result = fuseUsers
                .run("reissue-certificates", "--yes", fuseUsers.input("users.csv", LINES))
                .exits(4);

        assertThat(result.err())
                .isEqualTo("fuse-users: 3 rows skipped; fix the cause, then run: fuse-users" + " reissue-certificates "
                        + folder.resolve("reports/run-1/skipped.csv") + "\n");
        assertThat(world.platformWithoutAddedSince(start)).isEqualTo(before);
        assertThat(world.addedSince(start))
                .containsExactly(
                        "1 certificate of 10", "1 certificate of 20", "2 certificate of 20", "3 certificate of 20");
        assertThat(fuseUsers.outcomes(1))
                .containsExactly(
                        "line,input,user_id,outcome,community_ids,message",
                        "2,1,1,REISSUED,,",
                        "3,2,2,REISSUED,,",
                        "4,3,3,REISSUED,,",
                        "5,4,4,REISSUED,,",
                        "6,5,5,REISSUED,,",
                        "7,6,6,INACTIVE,,inactive since 2024-02-03T04:05:06Z; reactivate the user first",
                        "8,7,7,REISSUED,,",
                        "9,999,999,NOT_FOUND,,there is no user 999",
                        "10,01,1,DUPLICATE,,line 2 names the same user");
        assertThat(fuseUsers.report(1, "skipped.csv"))
                .containsExactly(
                        "user_id,line,outcome,community_ids,message",
                        "6,7,INACTIVE,,inactive since 2024-02-03T04:05:06Z; reactivate the user first",
                        "999,9,NOT_FOUND,,there is no user 999",
                        "1,10,DUPLICATE,,line 2 names the same user");
        assertThat(fuseUsers.summary(1))
                .contains(
                        entry("command", "reissue-certificates"),
                        entry("outcomes", Map.of("REISSUED", 6, "INACTIVE", 1, "NOT_FOUND", 1, "DUPLICATE", 1)),
                        entry("added_rows", Map.of("certificates", 4)),
                        entry("deleted_rows", Map.of()));
    }

    @Test
    void aDryRunCountsTheSameAndChangesNothing() {
        makeUsers();
        Map<String, List<String>> before = world.platform();
        String input = fuseUsers.input("users.csv", LINES);

        FuseUsers.Result plan =
                fuseUsers.run("reissue-certificates", "--dry-run", input).exits(4);

        assertThat(plan.out())
                .contains("9 rows name 8 users; 6 would have their certificates reissued, of 7 active users\n");
        assertThat(world.platform()).isEqualTo(before);
        fuseUsers.run("reissue-certificates", "--yes", "--plan", "1", input);
        assertThat(fuseUsers.summary(1)).contains(entry("added_rows", Map.of("certificates", 4)));
        assertThat(fuseUsers.summary(2)).contains(entry("added_rows", Map.of("certificates", 4)), entry("drift", 0));
    }

    @Test
    void issuesNothingTheSecondTime() {
        makeUsers();
        fuseUsers.run("reissue-certificates", "--yes", "--user", "1", "--user", "3");
        Map<String, List<String>> before = world.platform();

        fuseUsers
                .run("reissue-certificates", "--yes", "--user", "1", "--user", "3")
                .exits(0);

        assertThat(world.platform()).isEqualTo(before);
        assertThat(fuseUsers.summary(2))
                .contains(entry("outcomes", Map.of("REISSUED", 2)), entry("added_rows", Map.of("certificates", 0)));
    }

    @Test
    void completesAnUndoWithMemberships() {
        world.users(1, 2);
        world.everything(1);
        world.everything(2);
        List<String> certificates = certificates();
        String input = fuseUsers.input("leavers.csv", "user_id", "1", "2");
        fuseUsers.run("deactivate", "--yes", input);
        fuseUsers.run("undo", "--yes", "--with-memberships", "1");
        assertThat(certificates()).isNotEqualTo(certificates);

        fuseUsers.run("reissue-certificates", "--yes", input).exits(0);

        assertThat(certificates()).isEqualTo(certificates);
    }

    @Test
    void needsAConfirmationAndHasNoGuard() {
        makeUsers();
        Map<String, List<String>> before = world.platform();

        FuseUsers.Result unconfirmed = fuseUsers.run("reissue-certificates", "--user", "1");
        FuseUsers.Result guarded = fuseUsers.run("reissue-certificates", "--yes", "--max-users", "5", "--user", "1");

        unconfirmed.exits(77);
        assertThat(unconfirmed.err().lines()).singleElement().asString().contains("no terminal", "--yes");
        guarded.exits(64);
        assertThat(guarded.err().lines()).singleElement().asString().contains("has no option", "--max-users");
        assertThat(world.platform()).isEqualTo(before);
    }

    @Test
    void theSameCommandResumesAFailedRun() {
        makeUsers();
        String input = fuseUsers.input("users.csv", LINES);
        Map<String, List<String>> before = world.platform();
        world.breakChunks();
        fuseUsers.run("reissue-certificates", "--yes", input).exits(1);
        assertThat(world.platform()).isEqualTo(before);
        world.mendChunks();

        FuseUsers.Result resumed = fuseUsers
                .run("reissue-certificates", "--yes", "--chunk-size", "2", input)
                .exits(4);

        assertThat(resumed.out()).startsWith(fuseUsers.opened(1) + "reissue-certificates " + input + ", resumed");
        assertThat(fuseUsers.outcomes(1)).hasSize(10);
        assertThat(fuseUsers.summary(1)).contains(entry("attempts", 2), entry("added_rows", Map.of("certificates", 4)));
    }

    /** What each has is told below; user 6 is inactive, and user 8 is not in the input. */
    private void makeUsers() {
        world.users(1, 5);
        for (long user : List.of(1, 3, 4)) {
            world.member(user, World.GLOBAL);
            world.member(user, 2);
        }
        completions(1, 10, 11, 20, 21);
        world.member(2, 2);
        completions(2, 10, 20);
        completions(3, 10, 20);
        world.certificate(3, 10);
        // User 4 completed nothing, and user 5 has every certificate.
        world.everything(5);
        world.user(6);
        completions(6, 10, 20);
        world.execute("update users set active = false, deactivated_at = '2024-02-03T04:05:06Z' where id = 6");
        world.user(7);
        world.execute("insert into membership_requests (community_id, user_id) values (1, 7)");
        completions(7, 10, 20);
        world.user(8);
        world.member(8, World.GLOBAL);
        completions(8, 10);
    }

    private void completions(long userId, long... courseIds) {
        for (long course : courseIds) {
            world.completion(userId, course);
        }
    }

    private List<String> certificates() {
        return world.texts("select user_id || ' ' || course_id from certificates order by 1");
    }
}
