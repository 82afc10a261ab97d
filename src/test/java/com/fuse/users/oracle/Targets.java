package com.fuse.users.oracle;

import com.fuse.users.oracle.Input.By;
import com.fuse.users.oracle.Input.InputRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The users whom the rows of an input name (contract, sections 5 and 6), each on the first line that names the user.
 *
 * @param byLine the users to decide on
 * @param settled the outcomes that do not depend on the user's state: malformed rows, rows that contradict themselves or
 *     the command, duplicates and names of no user
 */
record Targets(SortedMap<Long, Target> byLine, SortedMap<Long, ExpectedOutcome> settled) {

    /** A user to decide on, who may not exist. */
    record Target(String input, long userId, @Nullable Long successorId) {}

    /**
     * What a command reads in an input besides its users.
     *
     * @param successors whether rows can name successors
     * @param activeAfter the state that the command gives its users; null if it gives none
     * @param successor the successor of rows that name none; null if there is none
     */
    record Reading(
            boolean successors,
            @Nullable Boolean activeAfter,
            @Nullable Long successor) {}

    /** Whether the input names this user. */
    boolean name(long userId) {
        return byLine.values().stream().anyMatch(target -> target.userId() == userId);
    }

    static Targets of(Input input, Reading reading, Platform platform) {
        Targets targets = new Targets(new TreeMap<>(), new TreeMap<>());
        MalformedRows malformedRows = new MalformedRows(input, reading);
        Map<Object, Long> firstLines = new HashMap<>();
        SortedMap<Long, InputRow> rows = input.byLine();
        rows.forEach((line, row) -> {
            long rowsAbove = rows.headMap(line).size();
            ExpectedOutcome malformed = malformedRows.outcome(row, rowsAbove, rowsAbove == rows.size() - 1);
            if (malformed != null) {
                targets.settled.put(line, malformed);
                return;
            }
            Identity identity = Identity.of(input, row, platform);
            ExpectedOutcome mismatch = mismatch(identity, Cells.state(input.state(row)), reading);
            if (mismatch != null) {
                targets.settled.put(line, mismatch);
                return;
            }
            Long firstLine = firstLines.putIfAbsent(identity.key(), line);
            targets.add(line, firstLine, identity, successor(input.successor(row), reading), platform);
        });
        return targets;
    }

    /** A row that contradicts the command or itself names no user. Null if it does not. */
    private static @Nullable ExpectedOutcome mismatch(Identity identity, @Nullable Boolean state, Reading reading) {
        boolean otherState = state != null && reading.activeAfter() != null && !state.equals(reading.activeAfter());
        List<Object> named = otherState ? List.of("active says " + state) : identity.contradiction();
        return named.isEmpty() ? null : new ExpectedOutcome(identity.value(), null, "MISMATCH", List.of(), named);
    }

    private static @Nullable Long successor(String value, Reading reading) {
        return value.isEmpty() || !reading.successors() ? reading.successor() : Cells.userId(value);
    }

    private void add(
            long line, @Nullable Long firstLine, Identity identity, @Nullable Long successor, Platform platform) {
        String value = identity.value();
        // Whether a user has this ID is decided later.
        Long userId = identity.by() == By.USER_ID ? Cells.userId(value) : identity.userId();
        if (firstLine != null) {
            settled.put(line, new ExpectedOutcome(value, userId, "DUPLICATE", List.of(), List.of(firstLine)));
        } else if (userId != null) {
            byLine.put(line, new Target(value, userId, successor));
        } else {
            List<Object> named = new ArrayList<>(List.of(value));
            Long similar = identity.similar(platform);
            if (similar != null) {
                named.add("user " + Objects.requireNonNull(similar));
            }
            settled.put(line, new ExpectedOutcome(value, null, "NOT_FOUND", List.of(), named));
        }
    }
}
