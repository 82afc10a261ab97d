package com.fuse.users.oracle;

import java.time.Instant;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of a platform table.
 *
 * @param columns by name: whole numbers are Long, moments Instant, everything else as JSON has it. Not to be changed
 */
public record Row(SortedMap<String, @Nullable Object> columns) {

    /** A row of these columns: name, value, name, value. */
    public static Row of(@Nullable Object... namesAndValues) {
        SortedMap<String, @Nullable Object> columns = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            columns.put((String) Objects.requireNonNull(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return new Row(columns);
    }

    /** The same row but for this column. */
    public Row with(String column, @Nullable Object value) {
        SortedMap<String, @Nullable Object> changed = new TreeMap<>(columns);
        changed.put(column, value);
        return new Row(changed);
    }

    /** The same row without this column. */
    public Row without(String column) {
        SortedMap<String, @Nullable Object> changed = new TreeMap<>(columns);
        changed.remove(column);
        return new Row(changed);
    }

    public long id(String column) {
        return (Long) Objects.requireNonNull(columns.get(column));
    }

    public boolean has(String column, @Nullable Object value) {
        return Objects.equals(columns.get(column), value);
    }

    public boolean is(String column) {
        return has(column, true);
    }

    public @Nullable String text(String column) {
        return (String) columns.get(column);
    }

    public @Nullable Instant moment(String column) {
        return (Instant) columns.get(column);
    }

    @Override
    public String toString() {
        return columns.toString();
    }
}
