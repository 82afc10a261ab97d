package com.fuse.users.report;

import com.fuse.users.browser.Tab;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The accessibility checker axe-core. */
final class Axe {

    private static final String SCRIPT = resource("/axe.min.js");

    /** Violations, each with the elements; and the rules that were tried, because none may be left out unseen. */
    private static final String CHECK = """
            axe.run({preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
                .then(result => ({
                    violations: result.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')),
                    undecided: result.incomplete.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')),
                    passed: result.passes.map(p => p.id)}))
            """;

    /** Rules that every page is under, so that none passes because nothing was judged. */
    static final List<String> RULES = List.of(
            "color-contrast",
            "document-title",
            "heading-order",
            "html-has-lang",
            "landmark-one-main",
            "link-name",
            "region",
            "td-headers-attr",
            "th-has-data-cells");

    private Axe() {}

    /** What it finds on the page of the tab. */
    static Map<?, ?> judge(Tab tab) {
        tab.evaluate(SCRIPT);
        return Objects.requireNonNull((Map<?, ?>) tab.evaluate(CHECK));
    }

    private static String resource(String name) {
        try (InputStream resource = Objects.requireNonNull(Axe.class.getResourceAsStream(name))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
