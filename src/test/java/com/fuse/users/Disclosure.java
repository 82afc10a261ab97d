package com.fuse.users;

import com.fuse.users.FuseUsers.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Searches everything that a test makes the program print, log or report, when the test's database is closed. It must
 * not contain a password, a token's hash, or a name or e-mail address that is not in the input.
 */
final class Disclosure {

    private static final Pattern SECRET = Pattern.compile(
            Stream.concat(
                            TestDatabase.PASSWORDS.stream(),
                            Stream.of(
                                    World.GIVEN_NAME, World.FAMILY_NAME, World.TOKEN_HASH.substring(2), "canary-token"))
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|")),
            Pattern.CASE_INSENSITIVE);

    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@example\\.org", Pattern.CASE_INSENSITIVE);
    private static final Pattern WRITTEN =
            Pattern.compile("(.*/)?(run-\\d+/[^/]+|out\\.txt|err\\.txt|pushed\\.txt|termination-log)");

    private final TestDatabase database;
    private final Path folder;
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final List<String> commandLines = new ArrayList<>();

    Disclosure(TestDatabase database, Path folder) {
        this.database = database;
        this.folder = folder;
        database.beforeClose(this::search);
    }

    /** Takes what commands printed in this JVM. */
    synchronized void printed(List<List<String>> commands, Result result) {
        commandLines.add(commands.toString());
        String place = outputs.size() + ": " + commands;
        outputs.put("standard output of " + place, result.out());
        outputs.put("standard error of " + place, result.err());
    }

    /** Takes the command line of a process, which everybody on the machine can read. */
    synchronized void started(List<String> commandLine) {
        String line = String.join(" ", commandLine);
        commandLines.add(line);
        outputs.put("command line " + outputs.size(), line);
    }

    private void search() {
        outputs.forEach(this::search);
        for (Path file : files(true)) {
            search(file.toString(), text(file));
        }
    }

    private void search(String place, String text) {
        Matcher secret = SECRET.matcher(text);
        if (secret.find()) {
            throw disclosed(place, text, secret);
        }
        Matcher email = EMAIL.matcher(text);
        while (email.find()) {
            if (!isHeldByAnInput(email.group().toLowerCase(Locale.ROOT))) {
                throw disclosed(place, text, email);
            }
        }
    }

    private static AssertionError disclosed(String place, String text, Matcher found) {
        long line = 1
                + text.substring(0, found.start())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new AssertionError("'%s' is disclosed by %s, line %d: %s"
                .formatted(
                        found.group(),
                        place,
                        line,
                        text.substring(Math.max(0, found.start() - 200), Math.min(text.length(), found.end() + 50))));
    }

    private boolean isHeldByAnInput(String value) {
        return commandLines.stream().anyMatch(line -> holds(line, value))
                || files(false).stream().anyMatch(file -> holds(text(file), value))
                || JdbcClient.create(database.owner())
                        .sql("select exists (select from fuse_batch.run_rows where strpos(lower(input), ?) > 0)")
                        .param(value)
                        .query(Boolean.class)
                        .single();
    }

    private static boolean holds(String input, String value) {
        return input.toLowerCase(Locale.ROOT).contains(value);
    }

    /** The files that the program wrote, or the others. */
    private List<Path> files(boolean written) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file) && Files.isReadable(file))
                    .filter(file ->
                            WRITTEN.matcher(folder.relativize(file).toString().replace('\\', '/'))
                                            .matches()
                                    == written)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Any bytes as text: what is searched for is ASCII. */
    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
