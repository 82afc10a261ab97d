package com.fuse.users;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A page of the documentation.
 *
 * @param path below the checkout
 */
public record MarkdownPage(Path path, List<String> lines) {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)");
    private static final String FENCE = "```";

    public static MarkdownPage read(Path path) {
        try {
            return new MarkdownPage(path, Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return String.join("\n", lines);
    }

    /** The cells of the rows of the table that starts with this heading; the table must exist. */
    List<List<String>> table(String firstHeading) {
        int start = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("| " + firstHeading + " |"))
                .findFirst()
                .orElseThrow());
        return lines.stream()
                .skip(start + 2L)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.split("\\|"))
                        .skip(1)
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** The lines of each fenced block in this language. */
    public List<List<String>> blocks(String language) {
        List<List<String>> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals(FENCE + language)) {
                blocks.add(lines.stream()
                        .skip(i + 1L)
                        .takeWhile(line -> !line.equals(FENCE))
                        .toList());
            }
        }
        return blocks;
    }

    /** The targets of the links within the checkout, relative to this page, with their anchors. */
    List<String> links() {
        return LINK.matcher(text()).results().map(link -> link.group(1)).toList();
    }

    /** The anchors that a link to this page may name, by GitHub's rule. */
    List<String> anchors() {
        return HEADING.matcher(text())
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
