package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.Crowd;
import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code report.html} shows the same as the other files, and contains the content of the input only as text. */
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

        assertThat(rows(page, "Outcomes of the 17 rows of the input"))
                .containsExactly(
                        "DEACTIVATED 3 17.6 %",
                        "ALREADY_INACTIVE 1 5.9 %",
                        "COMMUNITY_ADMIN 1 5.9 %",
                        "NOT_FOUND 1 5.9 %",
                        "DUPLICATE 4 23.5 %",
                        "MALFORMED 7 41.2 %");
        assertThat(counts(page, "Outcomes of the 17 rows of the input"))
                .isEqualTo(fuseUsers.summary(1).get("outcomes"));
        assertThat(rows(page, "Rows deleted, by table")).containsExactlyElementsOf(EveryOutcome.DELETED_ROWS);
        assertThat(counts(page, "Rows deleted, by table"))
                .isEqualTo(fuseUsers.summary(1).get("deleted_rows"));
    }

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
                .containsExactly("Outcomes", "Skipped rows", "The way back", "Rows by table", "Throughput", "Files");
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
                .containsExactly("Outcomes", "Apply", "Skipped rows", "Rows by table", "Throughput", "Files");
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
    void drawsEveryBarInProportionToItsShare() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        Document page = page(1);

        assertThat(table(page, "Outcomes of the 17 rows of the input").select("rect:not(.track)"))
                .extracting(bar -> bar.attr("width"))
                .containsExactly("17.65", "5.88", "5.88", "5.88", "23.53", "41.18");
        assertThat(table(page, "Rows deleted, by table").select("rect:not(.track)"))
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
        assertThat(header(page, "1 row with outcome COMMUNITY_ADMIN"))
                .containsExactly("Line", "Input", "User ID", "Community IDs", "Message");
        assertThat(rows(page, "1 row with outcome COMMUNITY_ADMIN"))
                .containsExactly(
                        "4 3 3 2, 3 admin of communities 2, 3; remove the admin role, or transfer it to another"
                                + " user, first");
        assertThat(rows(page, "4 rows with outcome DUPLICATE"))
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

        List<String> rows = rows(page, "The first 1,000 of 1,500 rows with outcome NOT_FOUND");
        assertThat(rows)
                .hasSize(1_000)
                .startsWith("1 1 1 there is no user 1")
                .endsWith("1000 1000 1000 there is no user 1000");
        assertThat(Objects.requireNonNull(page.selectFirst("#skipped + p")).text())
                .startsWith(
                        "1,500 rows were skipped; the first 1,000 are shown. skipped.csv has all of them and is itself an");
    }

    @Test
    void sumsTheRemovedMembershipsByCommunity() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        assertThat(rows(page(1), "Memberships removed, by community ID")).containsExactly("1 1", "2 1", "3 1");
        assertThat(page(1).select("#steps ~ p").text())
                .isEqualTo("3 memberships of 3 communities, user by user in removed-memberships.csv.");
        assertThat(fuseUsers.summary(1))
                .containsEntry(
                        "removed_memberships",
                        Map.of(
                                "memberships",
                                3,
                                "communities",
                                3,
                                "most",
                                List.of(
                                        Map.of("community_id", 1, "memberships", 1),
                                        Map.of("community_id", 2, "memberships", 1),
                                        Map.of("community_id", 3, "memberships", 1))));
    }

    @Test
    void namesTheCommunitiesThatLostTheMostAndCountsTheOthers() {
        world.users(1, 3);
        for (long community = 101; community <= 125; community++) {
            world.community(community);
            world.member(1, community);
        }
        world.member(2, 125);
        world.member(3, 125);
        world.member(2, 110);
        fuseUsers.run("deactivate", "--yes", "--user", "1", "--user", "2", "--user", "3");

        assertThat(rows(page(1), "Memberships removed, by community ID"))
                .hasSize(21)
                .startsWith("125 3", "110 2", "101 1")
                .endsWith("5 others 5");
        assertThat(fuseUsers.run("runs", "show", "1").out())
                .containsPattern(
                        "\n  Removed from +Memberships\n  community 125 +3\n  community 110 +2\n  community 101 +1\n")
                .containsPattern("\n  community 108 +1\n  15 others +15\n");
    }

    @Test
    void givesTheCommandThatUndoesTheRunAndNamesWhatItCannotRestore() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        Document page = page(1);
        String undo = page.select("#way ~ pre").text();

        assertThat(undo)
                .isEqualTo("fuse-users undo --with-memberships 1")
                .isEqualTo(fuseUsers.summary(1).get("undo_command"));
        assertThat(rows(page, "Deleted rows that no undo brings back"))
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
        assertThat(rows(page, "Rows added, by table")).containsExactly("community_memberships 5", "certificates 1");
        assertThat(rows(page, "Memberships added, by community ID")).containsExactly("1 3", "2 1", "3 1");
        assertThat(rows(page, "Deleted by run 1, not back"))
                .containsExactly(
                        "auto_login_tokens 2",
                        "device_tokens 2",
                        "oauth_tokens 2",
                        "membership_requests 1",
                        "certificates 1");
        assertThat(page.select("#way ~ ul li").eachText())
                .startsWith("Tokens and membership requests never come back: users sign in and ask again.");
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
        assertThat(rows(page, "Rows added, by table")).containsExactly("certificates 1");
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
        assertThat(rows(page, "Rows to be deleted, by table")).isEqualTo(EveryOutcome.DELETED_ROWS);
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
        assertThat(rows(page(2), "Memberships to be added, by community ID")).containsExactly("1 3", "2 1", "3 1");
        fuseUsers.run(arguments(apply)).exits(0);
        assertThat(fuseUsers.summary(3)).contains(entry("drift", 0));
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

        assertThat(rows(page(2), "Rows that came out otherwise than planned"))
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
    void aRefusedRunIsReportedAsRefused() {
        fuseUsers.run("deactivate", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        fuseUsers.run("runs", "report", "1").exits(0);

        assertThat(page(1).select("h1").text()).isEqualTo("Refused, nothing changed");
        assertThat(page(1).select(".lead").text())
                .endsWith(" was refused with exit code 77: the guard tripped, or the run was not confirmed; nothing is"
                        + " done.");
        assertThat(page(1).select("#way ~ p").text())
                .isEqualTo("This run changed no user, so there is nothing to undo.");
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
    void theContentOfTheInputIsShownAsText() throws Exception {
        String hidden = "\u202egnp\u0007\u200b";
        List<String> names = List.of(
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "</td></table><h1>owned</h1>",
                "&lt;b&gt; &amp; ${7*7} @if(true)",
                "a" + hidden);
        String input = fuseUsers.input(
                "<b> & 'c' " + hidden + ".csv",
                Stream.concat(Stream.of("username"), names.stream().map(name -> '"' + name.replace("\"", "\"\"") + '"'))
                        .toArray(String[]::new));
        fuseUsers.run("deactivate", "--dry-run", "--max-bad-percent=100", "--column", "username", input);

        String html = fuseUsers.reportText(1, "report.html");
        Document page = page(1);

        assertThat(page.select("script, img, b, h1:not(header h1)")).isEmpty();
        assertThat(page.select(".rows td bdi").eachText())
                .contains(
                        "<script>alert(1)</script>",
                        "\"><img src=x onerror=alert(1)>",
                        "</td></table><h1>owned</h1>",
                        "&lt;b&gt; &amp; ${7*7} @if(true)",
                        "a‹U+202E›gnp‹U+0007›‹U+200B›");
        assertThat(page.select(".lead").text())
                .contains("/<b> & 'c' ‹U+202E›gnp‹U+0007›‹U+200B›.csv, 5 would be skipped");
        assertThat(html.codePoints().filter(c -> c != '\n').mapToObj(Character::getType))
                .doesNotContain((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.LINE_SEPARATOR, (int)
                        Character.PARAGRAPH_SEPARATOR);
        assertThat(html).doesNotContain("<script", "<img", "onerror=alert(1)>\"");
        String apply = page.select("pre").text();
        assertThat(words(apply))
                .isEqualTo(List.of("fuse-users", "deactivate", "--plan", "1", "--column", "username", input));
    }

    @Test
    void thePolicyAllowsOnlyItsOwnStyle() throws Exception {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        String html = fuseUsers.reportText(1, "report.html");
        Document page = page(1);

        String style = html.substring(html.indexOf("<style>") + "<style>".length(), html.indexOf("</style>"));
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .isEqualTo(
                        "default-src 'none'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; form-action 'none'"
                                .formatted(hash));
        assertThat(page.select("script, [style], iframe, object, embed, form, base"))
                .isEmpty();
        assertThat(page.getAllElements())
                .flatExtracting(element -> element.attributes().asList())
                .noneMatch(attribute -> attribute.getKey().startsWith("on"));
        assertThat(page.select("[href], [src]"))
                .extracting(element -> element.attr("href"))
                .allMatch(address -> address.equals("data:,")
                        || address.startsWith("#") && page.getElementById(address.substring(1)) != null
                        || Files.exists(folder.resolve("reports/run-1").resolve(address)));
        assertThat(html).doesNotContain("http:", "https:", "@import", "url(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deactivate", "undo", "plan"})
    void isAccessibleToScreenReaders(String kind) {
        String input = EveryOutcome.make(world, fuseUsers);
        fuseUsers.run("deactivate", kind.equals("plan") ? "--dry-run" : "--yes", "--max-bad-percent=100", input);
        if (kind.equals("undo")) {
            fuseUsers.run("undo", "--yes", "1");
        }

        Document page = page(kind.equals("undo") ? 2 : 1);

        assertThat(page.select("html").attr("lang")).isEqualTo("en");
        List<Integer> levels = page.select("h1, h2, h3, h4").stream()
                .map(heading -> Integer.parseInt(heading.tagName().substring(1)))
                .toList();
        assertThat(levels).startsWith(1, 2).containsOnlyOnce(1);
        for (int i = 1; i < levels.size(); i++) {
            assertThat(levels.get(i)).isLessThanOrEqualTo(levels.get(i - 1) + 1);
        }
        assertThat(page.select("table")).isNotEmpty().allSatisfy(table -> {
            assertThat(table.select("> caption").text()).isNotBlank();
            assertThat(table.select("th")).allMatch(cell -> cell.hasAttr("scope"));
        });
        assertThat(page.select("svg"))
                .allMatch(svg -> svg.attr("aria-hidden").equals("true") || svg.selectFirst("title") != null);
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    }

    @Test
    void isWrittenAgainWithIdenticalBytesEvenIfThePlatformHasChanged() {
        Crowd crowd = new Crowd(world, 60);
        fuseUsers.run("deactivate", "--yes", "--chunk-size", "5", fuseUsers.input("crowd.csv", crowd.lines()));
        String written = fuseUsers.reportText(1, "report.html");
        world.execute("truncate users, communities cascade");

        fuseUsers.run("runs", "report", "1");

        assertThat(fuseUsers.reportText(1, "report.html")).isEqualTo(written).contains("<svg class=\"columns\"");
    }

    private Document page(long run) {
        return Jsoup.parse(fuseUsers.reportText(run, "report.html"));
    }

    /** The words of a command, without the program's name, and with the answer to its question. */
    private static String[] arguments(String command) {
        return Stream.concat(Stream.of(command.split(" ")).skip(1), Stream.of("--yes"))
                .toArray(String[]::new);
    }

    private static List<String> words(String command) throws Exception {
        Process shell = new ProcessBuilder("bash", "-c", "printf '%s\\0' " + command).start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return List.of(printed.split("\0"));
    }

    private static Element table(Document page, String caption) {
        return page.select("table").stream()
                .filter(table -> table.select("> caption").text().equals(caption))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no table of " + page.select("caption").eachText() + " is called " + caption));
    }

    private static List<String> header(Document page, String caption) {
        return table(page, caption).select("thead th").eachText();
    }

    /** The cells of each row, with a blank between them. */
    private static List<String> rows(Document page, String caption) {
        return table(page, caption).select("tbody tr").stream()
                .map(row -> row.select("th, td:not(.chart)").eachText().stream().collect(Collectors.joining(" ")))
                .toList();
    }

    private static Map<String, Integer> counts(Document page, String caption) {
        return table(page, caption).select("tbody tr").stream()
                .collect(Collectors.toMap(
                        row -> row.select("th").text(),
                        row -> Integer.valueOf(
                                row.select("td.number").get(0).text().replace(",", ""))));
    }
}
