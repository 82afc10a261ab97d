package com.fuse.users.oracle;

import com.fuse.users.oracle.Input.By;
import com.fuse.users.oracle.Input.Column;
import com.fuse.users.oracle.Input.InputRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Those users whom at least one row of an input clearly identifies: every value in its identifying columns is that user's
 * and no other user's. It looks at users instead of rows, so that it is no copy of the rules by which rows are decided.
 */
final class IdentifiedUsers {

    private final Input input;
    private final @Nullable Boolean activeAfter;
    private final Platform platform;

    private IdentifiedUsers(Input input, @Nullable Boolean activeAfter, Platform platform) {
        this.input = input;
        this.activeAfter = activeAfter;
        this.platform = platform;
    }

    /** @param activeAfter the state that the command gives its users; null if it gives none */
    static Set<Long> of(Input input, @Nullable Boolean activeAfter, Platform platform) {
        IdentifiedUsers identified = new IdentifiedUsers(input, activeAfter, platform);
        return platform.rows("users").stream()
                .filter(user -> input.rows().stream().anyMatch(row -> identified.isClear(row, user)))
                .map(user -> user.id("id"))
                .collect(Collectors.toSet());
    }

    /** The users who have one of these rows. */
    static Set<Long> ownersOf(Map<String, Set<Row>> rows) {
        return rows.entrySet().stream()
                .filter(table -> !Set.of("communities", "courses").contains(table.getKey()))
                .flatMap(table -> table.getValue().stream()
                        .map(row -> row.id(table.getKey().equals("users") ? "id" : "user_id")))
                .collect(Collectors.toSet());
    }

    private boolean isClear(InputRow row, Row user) {
        List<Column> filled = input.identifying().stream()
                .filter(column -> !input.value(row, column).isEmpty())
                .toList();
        return input.fields(row).size() <= input.width()
                && !filled.isEmpty()
                && isOwn(filled.get(0).by(), input.value(row, filled.get(0)), user)
                && filled.stream().allMatch(column -> isOnly(column.by(), input.value(row, column), user))
                && isState(input.state(row));
    }

    /** Whether no user has this value but this one, if surrounding blanks and the case of a username may differ. */
    private boolean isOnly(By by, String value, Row user) {
        return isOwn(by, value, user)
                || isAlike(by, value, user)
                        && platform.rows("users").stream().noneMatch(other -> isOwn(by, value, other));
    }

    private static boolean isOwn(By by, String value, Row user) {
        return switch (by) {
            case USER_ID -> value.matches("0*" + user.id("id"));
            case USERNAME -> value.equals(user.text("username"));
            case EMAIL -> value.equalsIgnoreCase(user.text("email"));
        };
    }

    private static boolean isAlike(By by, String value, Row user) {
        String stored = by == By.USERNAME ? user.text("username") : by == By.EMAIL ? user.text("email") : null;
        return stored != null && stored.strip().equalsIgnoreCase(value);
    }

    private boolean isState(String state) {
        return state.isEmpty() || activeAfter == null || activeAfter.equals(Cells.state(state));
    }
}
