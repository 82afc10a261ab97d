package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.AnsweredCommand;
import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code report.html} answers first what happened, why, and what needs attention; no part of it is empty. */
@ExtendWith(TestPlatform.class)
record PageOrderTest(World world, Path folder, FuseUsers fuseUsers) {

    @Test
    void answersFirstWhatNeedsAttention() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        Document page = page(1);

        assertThat(page.select(".attention p").eachText())
                .containsExactly(
                        "9 rows need attention: COMMUNITY_ADMIN 1 NOT_FOUND 1 MALFORMED 7",
                        "Fix the causes, then run in this folder:");
        assertThat(page.select(".attention a").eachAttr("href"))
                .containsExactly("#skip-COMMUNITY_ADMIN", "#skip-NOT_FOUND", "#skip-MALFORMED")
                .allSatisfy(link -> assertThat(page.select(link)).hasSize(1));
        assertThat(page.select(".attention pre").text()).isEqualTo("fuse-users deactivate skipped.csv");
        assertThat(page.select("h2").eachText())
                .containsExactly("Outcomes", "Skipped rows", "The way back", "Rows by table", "Time", "Files");
        assertThat(page.select("nav a").eachText()).isEqualTo(page.select("h2").eachText());
        assertThat(page.select("th a[href^=#skip]").eachText())
                .containsExactly("COMMUNITY_ADMIN", "NOT_FOUND", "DUPLICATE", "MALFORMED");
        assertThat(page.select(".state").attr("class")).isEqualTo("state skip");
    }

    @Test
    void aPlanGivesItsCommandStraightAfterTheOutcomes() {
        fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        Document page = page(1);

        assertThat(page.select("h2").eachText())
                .containsExactly("Outcomes", "Apply", "Skipped rows", "Rows by table", "Time", "Files");
        assertThat(page.select("nav a").eachText()).isEqualTo(page.select("h2").eachText());
        assertThat(page.select(".attention pre")).isEmpty();
        assertThat(page.select(".state").attr("class")).isEqualTo("state plan");
    }

    @Test
    void theRunsOfEachStateHaveATone() {
        world.users(1, 2);
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);
        fuseUsers.run("deactivate", "--yes", "--max-users", "0", "--user", "2").exits(77);
        fuseUsers.run("undo", "--yes", "1").exits(0);
        fuseUsers.run("runs", "report", "2").exits(0);

        assertThat(page(1).select(".state").attr("class")).isEqualTo("state done");
        assertThat(page(2).select(".state").attr("class")).isEqualTo("state bad");
        assertThat(page(3).select("#way").text()).isEqualTo("Not brought back");
        assertThat(page(1).select(".attention")).isEmpty();
    }

    @Test
    void aRefusedRunSaysWhyFirstAndHasNoEmptyPart() {
        world.users(1, 2);
        fuseUsers
                .run("deactivate", "--yes", "--max-users", "1", "--user", "1", "--user", "2")
                .exits(77);
        fuseUsers.run("runs", "report", "1").exits(0);

        Document page = page(1);

        assertThat(page.title()).isEqualTo("Run 1: Refused, nothing changed");
        assertThat(page.select(".lead").text())
                .isEqualTo("Run 1 of deactivate over --user 1,2 was refused with exit code 77; it changed nothing.");
        assertThat(page.select(".notice.bad p").eachText())
                .containsExactly(
                        "2 users would be deactivated, more than --max-users 1; check the input, or raise the limit",
                        "No user was changed, so there is nothing to undo. Once this is settled, run the command again: it"
                                + " starts a new run.");
        assertThat(page.select("h2").eachText()).containsExactly("Why", "Files");
        assertThat(page.select("nav a, .skip-link").eachAttr("href")).containsExactly("#files", "#files");
        assertThat(page.text()).doesNotContain("a second", "No row");
        assertThat(fuseUsers.run("runs", "show", "1").out())
                .contains("deactivate --user 1,2: refused in ", " s, 1 attempt\n")
                .doesNotContain("rows/s");
    }

    @Test
    void aRunWithTooManyBadRowsShowsTheBadRows() {
        fuseUsers
                .run("deactivate", "--yes", EveryOutcome.make(world, fuseUsers))
                .exits(65);
        fuseUsers.run("runs", "report", "1").exits(0);

        Document page = page(1);

        assertThat(page.select("h2").eachText()).containsExactly("Why", "Outcomes", "Skipped rows", "Files");
        assertThat(page.select(".notice.bad p:first-of-type").text())
                .endsWith(
                        "every-outcome.csv: 7 of 17 rows cannot be used, more than 10 %, so the others cannot be trusted. The"
                                + " first, line 9: user ID '12345.0' does not consist of the digits 0 to 9 alone; correct it and run"
                                + " again. Correct the file, or raise --max-bad-percent");
        assertThat(page.select("caption").eachText())
                .startsWith("Outcomes of 11 of the 17 rows of the input; the others were not decided");
    }

    @Test
    void aRunThatNobodyConfirmedSaysSo() throws Exception {
        world.users(1, 1);
        assertThat(AnsweredCommand.run(fuseUsers, "n", "deactivate", "--user", "1")
                        .exit())
                .isEqualTo(77);
        fuseUsers.run("runs", "report", "1").exits(0);

        assertThat(page(1).select(".notice.bad p:first-of-type").text())
                .isEqualTo("the run was not confirmed; run it again and answer y, or use --yes");
    }

    @Test
    void aPlanWhoseRunTheGuardWouldRefuseSaysSoWithTheNumbers() {
        world.users(1, 2);
        fuseUsers
                .run("deactivate", "--dry-run", "--max-users", "1", "--user", "1", "--user", "2")
                .exits(77);

        Document page = page(1);

        assertThat(page.title()).isEqualTo("Run 1: This run would be refused");
        assertThat(page.select(".lead").text())
                .isEqualTo(
                        "Run 1 was a dry run and changed nothing: 2 users would be deactivated, from every row of --user 1,2.");
        assertThat(page.select(".notice.bad p").eachText())
                .containsExactly(
                        "2 users would be deactivated, more than --max-users 1; check the input, or raise the limit");
        assertThat(page.select(".state").outerHtml())
                .isEqualTo("<span class=\"state plan bad\">dry run, would be refused</span>");
        assertThat(fuseUsers.run("runs", "show", "1").out())
                .contains("\nWould be refused: 2 users would be deactivated, more than --max-users 1; ")
                .doesNotContain("Error:");
    }

    @Test
    void anUndoSaysWhatIsNotBackBeforeTheSkips() {
        world.users(1, 2);
        fuseUsers.run("deactivate", "--yes", "--user", "1", "--user", "2").exits(0);
        world.deleteUser(2);
        fuseUsers.run("undo", "--yes", "1").exits(4);

        Document page = page(2);

        assertThat(page.select("h2").eachText())
                .containsExactly("Outcomes", "Not brought back", "Skipped rows", "Rows by table", "Time", "Files");
        assertThat(page.select(".state").outerHtml())
                .isEqualTo("<span class=\"state skip\">completed with skips</span>");
    }

    @Test
    void rowsThatCameOutOtherwiseThanPlannedAreNamedAtTheTop() {
        world.users(1, 2);
        fuseUsers.run("deactivate", "--dry-run", "--user", "1", "--user", "2").exits(0);
        world.admin(2, 3);
        fuseUsers
                .run("deactivate", "--yes", "--plan", "1", "--user", "1", "--user", "2")
                .exits(4);

        assertThat(page(2).select("header .notice").text())
                .isEqualTo("1 row came out otherwise than planned by run 1.");
        assertThat(page(2).select("header .notice a").attr("href")).isEqualTo("#plan");
    }

    private Document page(long run) {
        return Jsoup.parse(fuseUsers.reportText(run, "report.html"));
    }
}
