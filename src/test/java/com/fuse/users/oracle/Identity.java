package com.fuse.users.oracle;

import com.fuse.users.oracle.Input.By;
import com.fuse.users.oracle.Input.Column;
import com.fuse.users.oracle.Input.InputRow;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whom a row names: "the first of user ID, username, e-mail that has a value identifies the user. Every other identifying
 * column that has a value must name the same user, compared ignoring case and surrounding blanks; a value that names no
 * user fails this test" (contract, section 5). If the first value names no user, the others must name none either.
 *
 * @param by the kind of the value that decides
 * @param value that value
 * @param userId the user whom it names; null if it names none
 * @param contradiction what each column says if they do not agree; empty if they do
 */
record Identity(By by, String value, @Nullable Long userId, List<Object> contradiction) {

    /** Of a row that has at least one value in these columns, and in the first of them a valid one. */
    static Identity of(Input input, InputRow row, Platform platform) {
        List<Column> columns = input.identifying().stream()
                .filter(column -> !input.value(row, column).isEmpty())
                .toList();
        By by = columns.get(0).by();
        String value = input.value(row, columns.get(0));
        Row decided = user(by, value, platform);
        Long userId = decided == null ? null : decided.id("id");
        boolean agree = true;
        List<Object> says = new ArrayList<>();
        for (Column column : columns) {
            Row named = compared(column.by(), input.value(row, column), decided, platform);
            Long namedId = named == null ? null : named.id("id");
            agree &= userId == null ? namedId == null : userId.equals(namedId);
            says.add("'%s' names %s".formatted(column.heading(), namedId == null ? "no user" : "user " + namedId));
        }
        return new Identity(by, value, userId, agree ? List.of() : says);
    }

    /** The same for every row that names this user, or this unknown user. */
    Object key() {
        if (userId != null) {
            return userId;
        }
        return switch (by) {
            case USER_ID -> String.valueOf(Cells.userId(value));
            case USERNAME -> List.of(by, value);
            case EMAIL -> List.of(by, value.toLowerCase(Locale.ROOT));
        };
    }

    /** The first user whose name differs from this unknown one only in case or Unicode form; null if there is none. */
    @Nullable
    Long similar(Platform platform) {
        return platform.rows("users").stream()
                .filter(user -> {
                    String stored = stored(by, user);
                    return stored != null && folded(stored).equals(folded(value));
                })
                .map(user -> user.id("id"))
                .min(Long::compare)
                .orElse(null);
    }

    /** The user whom the value names by itself. "Usernames match exactly. E-mail addresses match in any case." */
    static @Nullable Row user(By by, String value, Platform platform) {
        Predicate<Row> named =
                switch (by) {
                    case USER_ID -> user -> user.has("id", Cells.userId(value));
                    case USERNAME -> user -> value.equals(user.text("username"));
                    case EMAIL -> user -> value.equalsIgnoreCase(user.text("email"));
                };
        return platform.rows("users").stream().filter(named).findFirst().orElse(null);
    }

    /** The user whom the value names, compared with the user who is decided on. */
    private static @Nullable Row compared(By by, String value, @Nullable Row decided, Platform platform) {
        Row named = user(by, value, platform);
        return named != null || decided == null || !isSpelled(by, value, decided) ? named : decided;
    }

    /** Whether the value is the user's, but for case and surrounding blanks. */
    private static boolean isSpelled(By by, String value, Row user) {
        String stored = stored(by, user);
        return stored != null && value.equalsIgnoreCase(Cells.trim(stored));
    }

    private static @Nullable String stored(By by, Row user) {
        return switch (by) {
            case USER_ID -> String.valueOf(user.id("id"));
            case USERNAME -> user.text("username");
            case EMAIL -> user.text("email");
        };
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
