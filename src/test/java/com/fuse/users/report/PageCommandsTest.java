package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code report.html} gives the command that can follow, and what it cannot bring back. */
@ExtendWith(TestPlatform.class)
record PageCommandsTest(World world, Path folder, FuseUsers fuseUsers) {

    @Test
    void givesTheCommandThatUndoesTheRunAndNamesWhatItCannotRestore() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        Document page = page(1);
        String undo = page.select("#way ~ pre").text();

        assertThat(undo)
                .isEqualTo("fuse-users undo --with-memberships 1")
                .isEqualTo(fuseUsers.summary(1).get("undo_command"));
        assertThat(PageTables.rows(page, "Deleted rows that no undo brings back"))
                .containsExactly("auto_login_tokens 2", "device_tokens 2", "oauth_tokens 2", "membership_requests 1");
        fuseUsers.run(arguments(undo)).exits(0);
        assertThat(world.texts("select user_id || ' in ' || community_id from community_memberships order by 1"))
                .containsExactly("1 in 1", "1 in 2", "3 in 2", "4 in 1", "5 in 1", "5 in 3");
    }

    @Test
    void theReportOfAnUndoneRunNamesTheUndoOnceItIsWrittenAgain() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));
        String before = fuseUsers.reportText(1, "report.html");
        fuseUsers.run("undo", "--yes", "1");

        fuseUsers.run("runs", "report", "1");

        assertThat(fuseUsers.reportText(1, "report.html"))
                .isEqualTo(before.replace("<nav", "<p class=\"notice\">This run was undone by run 2.</p>\n<nav"));
    }

    @Test
    void anUndoNamesWhatItRestoredAndWhatItDidNot() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));
        fuseUsers.run("undo", "--with-memberships", "--yes", "1");

        Document page = page(2);

        assertThat(page.select(".lead").text())
                .isEqualTo("Run 2 undid run 1 and reactivated 3 users, from every row of run 1.");
        assertThat(PageTables.rows(page, "Rows added, by table"))
                .containsExactly("community_memberships 5", "certificates 1");
        assertThat(PageTables.rows(page, "Memberships added, by community ID")).containsExactly("2 1", "3 1");
        assertThat(PageTables.rows(page, "Deleted by run 1, not back"))
                .containsExactly(
                        "certificates 1",
                        "auto_login_tokens 2",
                        "device_tokens 2",
                        "oauth_tokens 2",
                        "membership_requests 1");
        assertThat(page.select("#way ~ ul li").eachText())
                .containsExactly(
                        "Certificates of other communities than the global one come back by reissue-certificates, once"
                                + " the users are members there again.",
                        "Tokens and membership requests never come back: users sign in and ask again.");
    }

    @Test
    void anUndoWithoutMembershipsNamesFirstWhatCanStillComeBack() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));
        fuseUsers.run("undo", "--yes", "1");

        Document page = page(2);

        assertThat(PageTables.rows(page, "Deleted by run 1, not back"))
                .startsWith("community_memberships 2", "certificates 1", "auto_login_tokens 2");
        assertThat(page.select("#way ~ ul li").eachText())
                .hasSize(3)
                .startsWith(
                        "Memberships of other communities than the global one come back by \"undo --with-memberships 1\","
                                + " also later; removed-memberships.csv of run 1 lists them.");
    }

    @Test
    void aReissueNamesTheAddedCertificates() {
        world.user(1);
        world.member(1, 2);
        world.completion(1, 20);
        String input = fuseUsers.input("users.csv", "1");
        fuseUsers.run("reissue-certificates", "--yes", input);

        Document page = page(1);

        assertThat(page.select("h1").text()).isEqualTo("1 user given their certificates");
        assertThat(PageTables.rows(page, "Rows added, by table")).containsExactly("certificates 1");
        assertThat(page.select("#way ~ p").text()).startsWith("No command undoes a run of reissue-certificates.");
    }

    @Test
    void aPlanGivesTheCommandThatAppliesIt() {
        fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        Document page = page(1);
        String apply = page.select("pre").text();

        assertThat(page.select(".lead").text())
                .startsWith("Run 1 was a dry run and changed nothing: 3 users would be deactivated; of the 17 rows in ")
                .endsWith(", 1 was inactive already and 13 would be skipped.");
        assertThat(PageTables.rows(page, "Rows to be deleted, by table")).isEqualTo(EveryOutcome.DELETED_ROWS);
        assertThat(apply)
                .isEqualTo("fuse-users deactivate --plan 1 " + folder.resolve("every-outcome.csv"))
                .isEqualTo(fuseUsers.summary(1).get("apply_command"));
        fuseUsers.run(arguments(apply + " --max-bad-percent=100")).exits(4);
        assertThat(Objects.requireNonNull(page(2).selectFirst("#plan + p")).text())
                .isEqualTo("Every row came out as planned by run 1.");
    }

    /** A name that starts with a dash could be read as an option. */
    @Test
    void theCommandToApplyAPlanWorksWithAnyColumnName() {
        world.users(1, 2);
        fuseUsers.run("deactivate", "--dry-run", "--column=-id", fuseUsers.input("leavers.csv", "-id", "1", "2"));

        String apply = page(1).select("pre").text();

        assertThat(apply).isEqualTo("fuse-users deactivate --plan 1 --column=-id " + folder.resolve("leavers.csv"));
        fuseUsers.run(arguments(apply)).exits(0);
        assertThat(world.count("select count(*) from users where active")).isZero();
    }

    @Test
    void aPlanForSingleUsersNamesThemAgain() {
        world.users(1, 7);
        fuseUsers.run(
                "deactivate",
                "--dry-run",
                "--transfer-admin-to",
                "7",
                "--user",
                "1",
                "--user",
                "2",
                "--user",
                "3",
                "--user",
                "4",
                "--user",
                "5",
                "--user",
                "6");

        String apply = page(1).select("pre").text();

        assertThat(apply)
                .isEqualTo("fuse-users deactivate --plan 1 --transfer-admin-to 7 --user 1 --user 2 --user 3 --user 4"
                        + " --user 5 --user 6");
        fuseUsers.run(arguments(apply)).exits(0);
    }

    @Test
    void aPlanOfAnUndoGivesTheCommandThatAppliesIt() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));
        fuseUsers.run("undo", "--dry-run", "--with-memberships", "1");

        String apply = page(2).select("pre").text();

        assertThat(apply).isEqualTo("fuse-users undo --plan 2 --with-memberships 1");
        assertThat(PageTables.rows(page(2), "Memberships to be added, by community ID"))
                .containsExactly("2 1", "3 1");
        fuseUsers.run(arguments(apply)).exits(0);
        assertThat(fuseUsers.summary(3)).contains(entry("drift", 0));
    }

    private Document page(long run) {
        return Jsoup.parse(fuseUsers.reportText(run, "report.html"));
    }

    /** The words of a command, without the program's name, and with the answer to its question. */
    private static String[] arguments(String command) {
        return Stream.concat(Stream.of(command.split(" ")).skip(1), Stream.of("--yes"))
                .toArray(String[]::new);
    }
}
