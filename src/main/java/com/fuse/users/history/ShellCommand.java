package com.fuse.users.history;

import static java.util.stream.Collectors.joining;

import com.fuse.users.text.InvisibleCharacter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command of the program that can be copied into a shell such as bash, with any characters in its words.
 *
 * @param words the program's name, then the arguments
 */
public record ShellCommand(List<String> words) {

    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    /** A call of the program with these arguments. */
    static ShellCommand of(List<String> arguments) {
        return new ShellCommand(
                Stream.concat(Stream.of("fuse-users"), arguments.stream()).toList());
    }

    /** Quotes each word that needs it. */
    @Override
    public String toString() {
        return words.stream().map(ShellCommand::quoted).collect(joining(" "));
    }

    private static String quoted(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        return word.codePoints().anyMatch(InvisibleCharacter::is)
                ? "$'" + escaped(word) + "'"
                : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Byte by byte, because not every shell has an escape for each invisible character. */
    private static String escaped(String word) {
        StringBuilder escaped = new StringBuilder();
        word.codePoints().forEach(c -> {
            if (InvisibleCharacter.is(c)) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append(String.format(Locale.ROOT, "\\%03o", b & 0xff));
                }
            } else if (c == '\\' || c == '\'') {
                escaped.append('\\').appendCodePoint(c);
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
