package com.fuse.users.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A command copied from a report into a shell consists of the original words and does nothing else. */
class ShellCommandTest {

    private static final List<String> WORDS = List.of(
            "plain-1.csv",
            "a b",
            "it's",
            "\"quoted\"",
            "$(touch owned) `touch owned` $HOME",
            "a;b|c&d>e<f",
            "*?[a]~!#{x,y}",
            "back\\slash",
            "line\nfeed\ttab\u001b[31m",
            "right\u202eleft's \\ \u200b",
            "ümläut €",
            "",
            "-");

    @Test
    void aShellReadsTheOriginalWords() throws Exception {
        String command = ShellCommand.of(WORDS).toString();

        Process shell = new ProcessBuilder("bash", "-c", "fuse-users() { printf '%s\\0' \"$@\"; }; " + command).start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).isZero();
        assertThat(List.of(printed.split("\0", -1)).subList(0, WORDS.size())).isEqualTo(WORDS);
    }

    @Test
    void isOneLineWithoutControlCharacters() {
        assertThat(ShellCommand.of(WORDS).toString().codePoints().mapToObj(Character::getType))
                .doesNotContain((int) Character.CONTROL, (int) Character.FORMAT);
    }

    @Test
    void quotesOnlyWordsThatNeedQuotes() {
        assertThat(ShellCommand.of(List.of("undo", "--with-memberships", "7")))
                .hasToString("fuse-users undo --with-memberships 7");
        assertThat(ShellCommand.of(List.of("deactivate", "/var/spool/leavers/2026-11-25.csv.gz")))
                .hasToString("fuse-users deactivate /var/spool/leavers/2026-11-25.csv.gz");
    }
}
