package com.fuse.users.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Reads the tables of a page by their captions. */
final class PageTables {

    private PageTables() {}

    static Element table(Document page, String caption) {
        return page.select("table").stream()
                .filter(table -> table.select("> caption").text().equals(caption))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no table of " + page.select("caption").eachText() + " is called " + caption));
    }

    static List<String> header(Document page, String caption) {
        return table(page, caption).select("thead th").eachText();
    }

    /** The cells of each row, with a blank between them. */
    static List<String> rows(Document page, String caption) {
        return table(page, caption).select("tbody tr").stream()
                .map(row -> row.select("th, td:not(.chart)").eachText().stream().collect(Collectors.joining(" ")))
                .toList();
    }

    static Map<String, Integer> counts(Document page, String caption) {
        return table(page, caption).select("tbody tr").stream()
                .collect(Collectors.toMap(
                        row -> row.select("th").text(),
                        row -> Integer.valueOf(
                                row.select("td.number").get(0).text().replace(",", ""))));
    }
}
