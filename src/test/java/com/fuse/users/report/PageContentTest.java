package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code report.html} contains the content of the input only as text, runs no script, and can be read by everybody. */
@ExtendWith(TestPlatform.class)
record PageContentTest(World world, Path folder, FuseUsers fuseUsers) {

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

    private Document page(long run) {
        return Jsoup.parse(fuseUsers.reportText(run, "report.html"));
    }

    private static List<String> words(String command) throws Exception {
        Process shell = new ProcessBuilder("bash", "-c", "printf '%s\\0' " + command).start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return List.of(printed.split("\0"));
    }
}
