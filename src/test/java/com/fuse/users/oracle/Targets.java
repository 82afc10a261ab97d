package com.fuse.users.oracle;

import com.fuse.users.oracle.Input.By;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The users whom the rows of an input name (contract, sections 5 and 6), each on the first line that names the user.
 *
 * @param byLine the users to decide on
 * @param settled the outcomes that do not depend on the user: malformed rows, duplicates and names of no user
 */
record Targets(SortedMap<Long, Target> byLine, SortedMap<Long, ExpectedOutcome> settled) {

    /** A user to decide on, who may not exist. */
    record Target(String input, long userId, @Nullable Long successorId) {}

    /** Whether the input names this user. */
    boolean name(long userId) {
        return byLine.values().stream().anyMatch(target -> target.userId() == userId);
    }

    /** @param successorOption the successor of rows that name none; null if there is none */
    static Targets of(Input input, boolean knowsSuccessors, @Nullable Long successorOption, Platform platform) {
        SortedMap<Long, Target> targets = new TreeMap<>();
        SortedMap<Long, ExpectedOutcome> settled = new TreeMap<>();
        Map<Object, Long> firstLines = new HashMap<>();
        input.byLine().forEach((line, row) -> {
            String value = trim(row.value());
            String successor = input.successors() && knowsSuccessors ? trim(row.successor()) : "";
            if (row.tooWide()) {
                int fields = input.line(row).split(",", -1).length;
                settled.put(line, malformed(input.line(row), fields));
            } else if (value.isEmpty()) {
                settled.put(line, new ExpectedOutcome(value, null, "MALFORMED", List.of(), List.of("no")));
            } else if (input.by() == By.USER_ID && userId(value) == null) {
                settled.put(line, malformed(value, value));
            } else if (!successor.isEmpty() && userId(successor) == null) {
                settled.put(line, malformed(value, successor));
            } else {
                Long user = userNamed(value, input.by(), platform);
                Object name = user != null ? user : input.by() == By.EMAIL ? value.toLowerCase(Locale.ROOT) : value;
                Long firstLine = firstLines.putIfAbsent(name, line);
                if (firstLine != null) {
                    settled.put(line, new ExpectedOutcome(value, user, "DUPLICATE", List.of(), List.of(firstLine)));
                } else if (user == null) {
                    settled.put(line, new ExpectedOutcome(value, null, "NOT_FOUND", List.of(), List.of(value)));
                } else {
                    targets.put(
                            line, new Target(value, user, successor.isEmpty() ? successorOption : userId(successor)));
                }
            }
        });
        return new Targets(targets, settled);
    }

    private static ExpectedOutcome malformed(String input, Object named) {
        return new ExpectedOutcome(input, null, "MALFORMED", List.of(), List.of(named));
    }

    /** "Usernames match exactly, e-mail addresses in any case". An ID is not looked up here. */
    private static @Nullable Long userNamed(String value, By by, Platform platform) {
        if (by == By.USER_ID) {
            return userId(value);
        }
        return platform.rows("users").stream()
                .filter(user -> by == By.USERNAME
                        ? value.equals(user.text("username"))
                        : value.equalsIgnoreCase(user.text("email")))
                .map(user -> user.id("id"))
                .findFirst()
                .orElse(null);
    }

    /** "A decimal number of ASCII digits from 1 to 9223372036854775807, leading zeros allowed." */
    private static @Nullable Long userId(String value) {
        if (!value.matches("[0-9]+")) {
            return null;
        }
        BigInteger number = new BigInteger(value);
        boolean inRange = number.signum() > 0 && number.compareTo(BigInteger.valueOf(Long.MAX_VALUE)) <= 0;
        return inRange ? number.longValueExact() : null;
    }

    /** "Surrounding blanks and no-break spaces are trimmed." */
    private static String trim(String value) {
        return Objects.requireNonNull(value).replaceAll("^[ \\t\\u00a0]+|[ \\t\\u00a0]+$", "");
    }
}
