package com.fuse.users.report;

import static com.fuse.users.report.PagesOfEachKind.PLAN;
import static com.fuse.users.report.PagesOfEachKind.REFUSED;
import static com.fuse.users.report.PagesOfEachKind.RUN;
import static com.fuse.users.report.PagesOfEachKind.UNDO;
import static com.fuse.users.report.PagesOfEachKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.browser.Chromium;
import com.fuse.users.browser.EnabledIfChromiumExists;
import com.fuse.users.browser.Tab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code report.html} in a real browser, of each kind of run, on screens, on a phone and on paper. Screenshots and printed
 * pages are kept in {@code target/report-pages}.
 */
@EnabledIfChromiumExists
class ReportInBrowserTest {

    private static final Path PICTURES = Path.of("target", "report-pages").toAbsolutePath();
    private static final int WIDE = 1_000;

    /** Between the margins of the paper. */
    private static final int A4 = 680;

    private static final String VISIBLE_SKIPS =
            "[...document.querySelectorAll('.rows tbody tr')].filter(row => row.checkVisibility()).length";

    private static PagesOfEachKind reports;
    private static Chromium chromium;

    @BeforeAll
    static void makeReports(@TempDir Path temporary) throws IOException {
        reports = new PagesOfEachKind(temporary);
        chromium = new Chromium(Files.createDirectory(temporary.resolve("chromium")));
    }

    @AfterAll
    static void drop() {
        chromium.close();
        reports.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 'Run 1: 1,208 users would be deactivated'",
        "2, 'Run 2: 1,207 users deactivated'",
        "3, 'Run 3: 1,207 users reactivated'",
        "4, 'Run 4: Refused, nothing changed'"
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
            tab.media("screen", "dark");
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
    @CsvSource({"1, dark, 1000", "2, light, 1000", "2, dark, 1000", "3, light, 360", "4, light, 1000", "4, dark, 1000"})
    void axeFindsNoViolation(int run, String colours, int width) {
        try (Tab tab = chromium.open()) {
            tab.width(width).media("screen", colours).load(page(run));
            tab.screenshot(PICTURES.resolve("run-%d-%s-%d.png".formatted(run, colours, width)));

            Map<?, ?> result = Axe.judge(tab);

            assertThat((List<?>) result.get("violations")).isEmpty();
            // What is scrolled out of sight cannot be judged; with the same colours, a wide window shows it.
            assertThat((List<Object>) result.get("undecided"))
                    .filteredOn(rule -> width == WIDE || !String.valueOf(rule).startsWith("color-contrast:"))
                    .isEmpty();
            assertThat((List<Object>) result.get("passed"))
                    .as("only a long run has a chart")
                    .filteredOn(rule -> rule.equals("svg-img-alt"))
                    .hasSize(run == RUN ? 1 : 0);
            assertThat((List<Object>) result.get("passed")).containsAll(Axe.RULES);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {PLAN, RUN, UNDO, REFUSED})
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
        }
    }

    /** A user ID or a file name of which each line shows a part is wrong on paper. */
    @ParameterizedTest
    @ValueSource(ints = {PLAN, RUN, UNDO, REFUSED})
    void printsNoBrokenNumber(int run) throws IOException {
        try (Tab tab = chromium.open()) {
            tab.width(A4).media("print", "light").load(page(run));

            assertThat(tab.evaluate("""
                    (() => {
                        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                        const broken = [];
                        while (texts.nextNode()) {
                            if (!texts.currentNode.parentElement.closest('table, .attention, .facts-line, .eyebrow, dd code')) {
                                continue;
                            }
                            for (const number of texts.currentNode.data.matchAll(/[0-9][0-9,.:-]*/g)) {
                                const range = document.createRange();
                                range.setStart(texts.currentNode, number.index);
                                range.setEnd(texts.currentNode, number.index + number[0].length);
                                if (range.getClientRects().length > 1) {
                                    broken.push(number[0]);
                                }
                            }
                        }
                        return broken;
                    })()""")).isEqualTo(List.of());
            assertThat(tab.evaluate("document.documentElement.scrollWidth")).isEqualTo(A4);
            Path pdf = PICTURES.resolve("run-%d.pdf".formatted(run));
            tab.print(pdf);
            assertThat(Files.readString(pdf, StandardCharsets.ISO_8859_1))
                    .startsWith("%PDF-")
                    .contains("/Type /Page");
        }
    }

    @Test
    void printsTheFirstFiftySkipsOfAnOutcome() {
        try (Tab tab = chromium.open()) {
            tab.width(A4).media("print", "light").load(page(UNKNOWN));

            assertThat(tab.evaluate(VISIBLE_SKIPS)).isEqualTo(50);
            assertThat(tab.evaluate("document.querySelector('.print-only').innerText"))
                    .isEqualTo("The first 50 of 60 rows are printed; skipped.csv has the other 10 too.");
            tab.media("screen", "light");
            assertThat(tab.evaluate(VISIBLE_SKIPS)).isEqualTo(60);
            assertThat(style(tab, ".print-only", "display")).isEqualTo("none");
        }
    }

    /** Nobody can open them on paper. */
    @Test
    void printsTheFoldedCommunities() {
        try (Tab tab = chromium.open()) {
            String shown = "document.querySelector('details table').checkVisibility({contentVisibilityAuto: true})";
            tab.width(A4).media("screen", "light").load(page(UNDO));
            assertThat(tab.evaluate(shown)).isEqualTo(false);

            tab.media("print", "light").load(page(UNDO));

            assertThat(tab.evaluate(shown)).isEqualTo(true);
        }
    }

    private static Object style(Tab tab, String selector, String property) {
        return Objects.requireNonNull(
                tab.evaluate("getComputedStyle(document.querySelector('%s')).%s".formatted(selector, property)));
    }

    private static Path page(int run) {
        return reports.page(run);
    }
}
