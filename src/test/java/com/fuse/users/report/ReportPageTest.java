package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.Crowd;
import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code report.html} shows the same as the other files. */
@ExtendWith(TestPlatform.class)
record ReportPageTest(World world, Path folder, FuseUsers fuseUsers) {

    @Test
    void summarizesTheRunInOneSentence() {
        String input = EveryOutcome.make(world, fuseUsers);
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", input);

        Document page = page(1);

        assertThat(page.title()).isEqualTo("Run 1: 3 users deactivated");
        assertThat(page.select("h1").eachText()).containsExactly("3 users deactivated");
        assertThat(page.select(".lead").text())
                .isEqualTo("Run 1 deactivated 3 users; of the 17 rows in " + input
                        + ", 1 was inactive already and 13 were skipped.");
    }

    @Test
    void showsTheFiguresOfTheSummary() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        Document page = page(1);

        assertThat(PageTables.rows(page, "Outcomes of the 17 rows of the input"))
                .containsExactly(
                        "DEACTIVATED 3 17.6 %",
                        "ALREADY_INACTIVE 1 5.9 %",
                        "COMMUNITY_ADMIN 1 5.9 %",
                        "NOT_FOUND 1 5.9 %",
                        "DUPLICATE 4 23.5 %",
                        "MALFORMED 7 41.2 %");
        assertThat(PageTables.counts(page, "Outcomes of the 17 rows of the input"))
                .isEqualTo(fuseUsers.summary(1).get("outcomes"));
        assertThat(PageTables.rows(page, "Rows deleted, by table"))
                .containsExactlyElementsOf(EveryOutcome.DELETED_ROWS);
        assertThat(PageTables.counts(page, "Rows deleted, by table"))
                .isEqualTo(fuseUsers.summary(1).get("deleted_rows"));
    }

    @Test
    void drawsEveryBarInProportionToItsShare() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        Document page = page(1);

        assertThat(PageTables.table(page, "Outcomes of the 17 rows of the input")
                        .select("rect:not(.track)"))
                .extracting(bar -> bar.attr("width"))
                .containsExactly("17.65", "5.88", "5.88", "5.88", "23.53", "41.18");
        assertThat(PageTables.table(page, "Rows deleted, by table").select("rect:not(.track)"))
                .extracting(bar -> bar.attr("width"))
                .containsExactly("66.67", "66.67", "66.67", "33.33", "100.00", "66.67");
    }

    @Test
    void groupsTheSkipsByOutcomeWithTheRemedyAndTheCommunitiesOfAnAdmin() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        Document page = page(1);

        assertThat(page.select("#skipped ~ h3").eachText())
                .containsExactly("COMMUNITY_ADMIN 1 row", "NOT_FOUND 1 row", "DUPLICATE 4 rows", "MALFORMED 7 rows");
        assertThat(Objects.requireNonNull(page.selectFirst("#skip-DUPLICATE + p"))
                        .text())
                .isEqualTo("Nothing: the named line has the user's outcome.");
        assertThat(PageTables.header(page, "1 row with outcome COMMUNITY_ADMIN"))
                .containsExactly("Line", "Input", "User ID", "Community IDs", "Message");
        assertThat(PageTables.rows(page, "1 row with outcome COMMUNITY_ADMIN"))
                .containsExactly(
                        "4 3 3 2, 3 admin of communities 2, 3; remove the admin role, or transfer it to another"
                                + " user, first");
        assertThat(PageTables.rows(page, "4 rows with outcome DUPLICATE"))
                .containsExactly(
                        "6 1 1 line 2 names the same user",
                        "7 999 999 line 5 names the same user",
                        "8 3 3 line 4 names the same user",
                        "17 2 2 line 3 names the same user");
        assertThat(page.select("#skipped ~ p a").eachAttr("href")).containsExactly("skipped.csv", "outcomes.csv");
    }

    @Test
    void showsTheFirstThousandSkipsAndLinksToTheOthers() {
        String[] unknown =
                LongStream.rangeClosed(1, 1_500).mapToObj(String::valueOf).toArray(String[]::new);
        fuseUsers.run("deactivate", "--yes", fuseUsers.input("unknown.csv", unknown));

        Document page = page(1);

        List<String> rows = PageTables.rows(page, "The first 1,000 of 1,500 rows with outcome NOT_FOUND");
        assertThat(rows)
                .hasSize(1_000)
                .startsWith("1 1 1 there is no user 1")
                .endsWith("1000 1000 1000 there is no user 1000");
        assertThat(Objects.requireNonNull(page.selectFirst("#skipped + p")).text())
                .startsWith(
                        "1,500 rows were skipped; the first 1,000 are shown. skipped.csv has all of them and is itself an");
    }

    @Test
    void aRunHeldToAPlanShowsTheDrift() {
        world.users(1, 4);
        String input = fuseUsers.input("users.csv", "1", "2", "3", "4");
        fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", input);
        world.admin(2, 3);
        world.admin(3, 3);
        world.deleteUser(4);

        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", "--plan", "1", input);

        assertThat(PageTables.rows(page(2), "Rows that came out otherwise than planned"))
                .containsExactly("DEACTIVATED COMMUNITY_ADMIN 2", "DEACTIVATED NOT_FOUND 1");
        assertThat(fuseUsers.summary(2))
                .contains(entry("drift", 3))
                .containsEntry(
                        "deviations",
                        List.of(
                                Map.of("planned", "DEACTIVATED", "outcome", "COMMUNITY_ADMIN", "rows", 2),
                                Map.of("planned", "DEACTIVATED", "outcome", "NOT_FOUND", "rows", 1)));
    }

    @Test
    void anInputWithoutRowsHasAReport() {
        String input = fuseUsers.input("nobody.csv", "user_id");
        assertThat(fuseUsers
                        .run("deactivate", "--yes", "--max-bad-percent=100", input)
                        .err())
                .isEmpty();

        assertThat(page(1).select(".lead").text())
                .isEqualTo("Run 1 deactivated 0 users, because there is no row in " + input + ".");
        assertThat(page(1).select("#outcomes ~ p").text()).isEqualTo("No row has an outcome.");
        assertThat(page(1).select("pre")).isEmpty();
    }

    @Test
    void isWrittenAgainWithIdenticalBytesEvenIfThePlatformHasChanged() {
        Crowd crowd = new Crowd(world, 60);
        fuseUsers.run("deactivate", "--yes", "--chunk-size", "5", fuseUsers.input("crowd.csv", crowd.lines()));
        String written = fuseUsers.reportText(1, "report.html");
        world.execute("truncate users, communities cascade");

        fuseUsers.run("runs", "report", "1");

        assertThat(fuseUsers.reportText(1, "report.html")).isEqualTo(written).contains("of the global community 1, to");
    }

    private Document page(long run) {
        return Jsoup.parse(fuseUsers.reportText(run, "report.html"));
    }
}
