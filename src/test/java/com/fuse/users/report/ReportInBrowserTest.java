package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import com.fuse.users.browser.Chromium;
import com.fuse.users.browser.EnabledIfChromiumExists;
import com.fuse.users.browser.Tab;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code report.html} in a real browser: a run with two attempts, a plan and skips of several kinds; its plan; and its
 * undo. Screenshots are kept in {@code target/report-pages}.
 */
@EnabledIfChromiumExists
class ReportInBrowserTest {

    private static final Path PICTURES = Path.of("target", "report-pages").toAbsolutePath();
    private static final String AXE = resource("/axe.min.js");

    /** Violations, each with the elements; and the rules that were tried, because none may be left out unseen. */
    private static final String CHECK = """
            axe.run({preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
                .then(result => ({
                    violations: result.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')),
                    undecided: result.incomplete.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')),
                    passed: result.passes.map(p => p.id)}))
            """;

    private static final int WIDE = 1_000;

    private static final int PLAN = 1;
    private static final int RUN = 2;
    private static final int UNDO = 3;

    private static Path folder;

    private static TestDatabase database;
    private static Chromium chromium;

    @BeforeAll
    static void makeReports(@TempDir Path temporary) throws IOException {
        folder = temporary;
        database = TestDatabase.create();
        World world = new World(database);
        FuseUsers fuseUsers = new FuseUsers(database, folder);
        Crowd crowd = new Crowd(world, 1_200);
        for (long community = 101; community <= 130; community++) {
            world.community(community);
            world.execute(
                    "insert into community_memberships (community_id, user_id) select ?, id from users where id % ? = 0",
                    community, community - 90);
        }
        world.users(5_001, 5_040);
        for (long community = 101; community <= 112; community++) {
            world.admin(5_001, community);
        }
        world.admin(5_002, 2);
        world.execute("update users set active = false, deactivated_at = '2024-02-03 04:05:06Z' where id > 5010");
        List<String> lines = new ArrayList<>(List.of(crowd.lines()));
        LongStream.rangeClosed(5_001, 5_060).mapToObj(String::valueOf).forEach(lines::add);
        lines.addAll(List.of("1", "2", "2", "12345.0", "\"<script>document.title='owned'</script>\"", "\"a\u202eb\""));
        String input = fuseUsers.input("leavers of 2026-11.csv", lines.toArray(String[]::new));
        fuseUsers.run("deactivate", "--dry-run", "--chunk-size", "50", input);
        world.admin(5_003, 3);
        world.breakChunksAfter(9);
        fuseUsers.run("deactivate", "--plan", "1", "--yes", "--chunk-size", "50", "--max-percent", "100", input);
        world.mendChunks();
        fuseUsers.run("deactivate", "--plan", "1", "--yes", "--chunk-size", "50", "--max-percent", "100", input);
        fuseUsers.run("undo", "--with-memberships", "--yes", "--chunk-size", "50", "2");
        fuseUsers.run("runs", "report", "2");
        chromium = new Chromium(Files.createDirectory(folder.resolve("chromium")));
    }

    @AfterAll
    static void drop() {
        chromium.close();
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 'Run 1: 1,208 users would be deactivated'",
        "2, 'Run 2: 1,207 users deactivated'",
        "3, 'Run 3: 1,207 users reactivated'"
    })
    void loadsNothingAndLogsNoError(int run, String title) {
        try (Tab tab = chromium.open()) {
            tab.width(WIDE).load(page(run));

            assertThat(tab.evaluate("document.title")).isEqualTo(title);
            assertThat(tab.evaluate("document.querySelector('h1').textContent"))
                    .isEqualTo(title.substring("Run 1: ".length()));
            assertThat(tab.evaluate("document.scripts.length")).isEqualTo(0);
            assertThat(tab.requests())
                    .allMatch(address -> address.equals(page(run).toUri().toString()) || address.equals("data:,"));
            assertThat(tab.complaints()).isEmpty();
        }
    }

    /** If the policy refused the style, the page would have the browser's default style. */
    @Test
    void hasTheStyleThatThePolicyAllows() {
        try (Tab tab = chromium.open()) {
            tab.width(WIDE).media("screen", "light").load(page(RUN));
            assertThat(style(tab, "body", "backgroundColor")).isEqualTo("rgb(252, 251, 249)");
            assertThat(style(tab, "caption", "textAlign")).isEqualTo("left");
        }
        try (Tab tab = chromium.open()) {
            tab.width(WIDE).media("screen", "dark").load(page(RUN));
            assertThat(style(tab, "body", "backgroundColor")).isEqualTo("rgb(22, 24, 27)");
        }
    }

    /** Shows that the tab would report a refused resource. */
    @Test
    void theTabReportsResourcesThatThePolicyRefuses() {
        try (Tab tab = chromium.open()) {
            tab.load(page(RUN));

            tab.evaluate("""
                    new Promise(done => {
                        document.addEventListener('securitypolicyviolation', done, {once: true});
                        const image = document.createElement('img');
                        image.src = 'http://127.0.0.1:9/pixel.png';
                        document.body.append(image);
                    }).then(() => 0)""");

            assertThat(tab.complaints()).anyMatch(complaint -> complaint.contains("Content Security Policy"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, light, 1000",
        "1, dark, 360",
        "2, light, 1000",
        "2, dark, 1000",
        "2, light, 360",
        "2, dark, 360",
        "3, light, 360",
        "3, dark, 1000"
    })
    void axeFindsNoViolation(int run, String colours, int width) {
        try (Tab tab = chromium.open()) {
            tab.width(width).media("screen", colours).load(page(run));
            tab.screenshot(PICTURES.resolve("run-%d-%s-%d.png".formatted(run, colours, width)));
            tab.evaluate(AXE);

            Map<?, ?> result = Objects.requireNonNull((Map<?, ?>) tab.evaluate(CHECK));

            assertThat((List<?>) result.get("violations")).isEmpty();
            // What is scrolled out of sight cannot be judged; with the same colours, a wide window shows it.
            assertThat((List<Object>) result.get("undecided"))
                    .filteredOn(rule -> width == WIDE || !String.valueOf(rule).startsWith("color-contrast:"))
                    .isEmpty();
            assertThat((List<Object>) result.get("passed"))
                    .contains(
                            "color-contrast",
                            "document-title",
                            "heading-order",
                            "html-has-lang",
                            "landmark-one-main",
                            "link-name",
                            "region",
                            "svg-img-alt",
                            "td-headers-attr",
                            "th-has-data-cells");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {PLAN, RUN, UNDO})
    void aPhoneScrollsInOneDirectionOnly(int run) {
        try (Tab tab = chromium.open()) {
            tab.width(360).load(page(run));

            assertThat(tab.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
            assertThat(tab.evaluate("""
                    [...document.querySelectorAll('body *')]
                        .filter(e => !e.closest('.scroll, pre, svg, .skip-link'))
                        .filter(e => e.getBoundingClientRect().right > innerWidth)
                        .map(e => e.outerHTML)""")).isEqualTo(List.of());
        }
    }

    @Test
    void everyPartCanBeReachedByKeyboard() {
        try (Tab tab = chromium.open()) {
            tab.width(360).load(page(RUN));

            assertThat(tab.evaluate("""
                    [...document.querySelectorAll('.scroll, pre')].every(e => e.tabIndex === 0 && e.getAttribute('aria-label')
                        || e.getAttribute('aria-labelledby'))""")).isEqualTo(true);
            assertThat(tab.evaluate("""
                    [...document.querySelectorAll('nav a, .skip-link')]
                        .map(a => document.getElementById(a.hash.slice(1)))
                        .every(target => target && /^H2$/.test(target.tagName))""")).isEqualTo(true);
        }
    }

    @Test
    void printsDarkTextOnWhiteWithoutScreenElements() throws IOException {
        try (Tab tab = chromium.open()) {
            tab.width(WIDE).media("print", "dark").load(page(RUN));

            assertThat(style(tab, "body", "color")).isEqualTo("rgb(0, 0, 0)");
            assertThat(style(tab, "body", "backgroundColor")).isEqualTo("rgb(255, 255, 255)");
            assertThat(style(tab, "nav", "display")).isEqualTo("none");
            assertThat(style(tab, ".scroll", "overflowX")).isEqualTo("visible");
            Path pdf = PICTURES.resolve("run-2.pdf");
            tab.print(pdf);
            assertThat(Files.readString(pdf, StandardCharsets.ISO_8859_1))
                    .startsWith("%PDF-")
                    .contains("/Type /Page");
        }
    }

    private static Object style(Tab tab, String selector, String property) {
        return Objects.requireNonNull(
                tab.evaluate("getComputedStyle(document.querySelector('%s')).%s".formatted(selector, property)));
    }

    private static Path page(int run) {
        return folder.resolve("reports/run-" + run).resolve("report.html");
    }

    private static String resource(String name) {
        try (InputStream resource = Objects.requireNonNull(ReportInBrowserTest.class.getResourceAsStream(name))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
