package com.fuse.users.oracle;

import com.fuse.users.oracle.Input.By;
import com.fuse.users.oracle.Input.Column;
import com.fuse.users.oracle.Input.InputRow;
import com.fuse.users.oracle.Targets.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that are {@code MALFORMED} (contract, section 5). */
record MalformedRows(Input input, Reading reading) {

    /**
     * The outcome of the row; null if it is well-formed.
     *
     * @param rowsAbove the number of rows above it
     */
    @Nullable
    ExpectedOutcome outcome(InputRow row, long rowsAbove, boolean isLast) {
        List<String> fields = input.fields(row);
        if (fields.size() > input.width()) {
            return malformed(String.join(",", fields), fields.size());
        }
        if (mayBeGrouped(fields)) {
            return malformed(String.join(",", fields), "separator");
        }
        Column deciding = input.identifying().stream()
                .filter(column -> !input.value(row, column).isEmpty())
                .findFirst()
                .orElse(null);
        if (deciding == null) {
            return malformed("", "no");
        }
        String value = input.value(row, deciding);
        if (deciding.by() == By.USER_ID && Cells.userId(value) == null) {
            return malformed(value, value);
        }
        String successor = reading.successors() ? input.successor(row) : "";
        if (!successor.isEmpty() && Cells.userId(successor) == null) {
            return malformed(value, successor);
        }
        String state = reading.activeAfter() == null ? "" : input.state(row);
        if (!state.isEmpty() && Cells.state(state) == null) {
            return malformed(value, state);
        }
        return isLast && isAlone(fields) && Long.valueOf(rowsAbove).equals(Cells.userId(value))
                ? malformed(value, "rows above")
                : null;
    }

    /**
     * "An unquoted ID of one to three digits before an unquoted field of exactly three digits makes its row MALFORMED,
     * because the two may be one number with a thousands separator."
     */
    private boolean mayBeGrouped(List<String> fields) {
        for (Column column : input.identifying()) {
            int index = input.columns().indexOf(column);
            if (column.by() == By.USER_ID
                    && index + 1 < fields.size()
                    && Cells.trim(fields.get(index)).matches("[0-9]{1,3}")
                    && Cells.trim(fields.get(index + 1)).matches("[0-9]{3}")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAlone(List<String> fields) {
        return fields.stream().filter(field -> !Cells.trim(field).isEmpty()).count() == 1;
    }

    private static ExpectedOutcome malformed(String input, Object named) {
        return new ExpectedOutcome(input, null, "MALFORMED", List.of(), List.of(named));
    }
}
