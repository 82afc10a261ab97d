package com.fuse.users.oracle;

import static java.util.stream.Collectors.toCollection;

import com.fuse.users.World;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All rows of all tables of the platform, in memory. Every change makes a new one.
 *
 * @param tables the rows by table. Not to be changed
 */
public record Platform(Map<String, Set<Row>> tables) {

    /** All tables, each after those that it refers to. */
    public static final List<String> TABLES = Stream.of(
                    Stream.of("users", "communities", "courses"), World.DELETED.stream(), World.RETAINED.stream())
            .flatMap(names -> names)
            .distinct()
            .toList();

    /** The views, which {@link #views()} makes. */
    public static final List<String> VIEWS = List.of("sign_in_accounts", "deliverable_notifications");

    public static Platform empty() {
        Map<String, Set<Row>> tables = new LinkedHashMap<>();
        TABLES.forEach(table -> tables.put(table, Set.of()));
        return new Platform(tables);
    }

    /** The rows of a table. */
    public Set<Row> rows(String table) {
        return tables.getOrDefault(table, Set.of());
    }

    /** Those rows of a table that have this value. */
    public List<Row> rows(String table, String column, Object value) {
        return rows(table).stream().filter(row -> row.has(column, value)).toList();
    }

    /** Whether a table has a row with these two values. */
    public boolean has(String table, String column, Object value, String otherColumn, Object otherValue) {
        return rows(table, column, value).stream().anyMatch(row -> row.has(otherColumn, otherValue));
    }

    public Platform with(String table, Collection<Row> added) {
        Set<Row> rows = new LinkedHashSet<>(rows(table));
        rows.addAll(added);
        return withRows(table, rows);
    }

    public Platform with(String table, Row added) {
        return with(table, List.of(added));
    }

    public Platform without(String table, Predicate<Row> gone) {
        return withRows(table, rows(table).stream().filter(gone.negate()).collect(toCollection(LinkedHashSet::new)));
    }

    /** The same, with every row of a table for which the condition holds changed. */
    public Platform changing(String table, Predicate<Row> changed, UnaryOperator<Row> change) {
        return withRows(
                table,
                rows(table).stream()
                        .map(row -> changed.test(row) ? change.apply(row) : row)
                        .collect(toCollection(LinkedHashSet::new)));
    }

    /** The rows, by table, that are here but not there. */
    public Map<String, Set<Row>> minus(Platform other) {
        Map<String, Set<Row>> difference = new TreeMap<>();
        tables.forEach((table, rows) -> {
            Set<Row> missing = new LinkedHashSet<>(rows);
            missing.removeAll(other.rows(table));
            if (!missing.isEmpty()) {
                difference.put(table, missing);
            }
        });
        return difference;
    }

    /** The same, without the IDs that the database assigned to rows that are not in the earlier platform. */
    public Platform withoutIdsSince(Platform earlier) {
        Map<String, Set<Row>> known = new LinkedHashMap<>(tables);
        minus(earlier).forEach((table, added) -> {
            Set<Row> rows = new LinkedHashSet<>(rows(table));
            rows.removeAll(added);
            for (Row row : added) {
                Object id = row.columns().get("id");
                rows.add(id != null && earlier.rows(table, "id", id).isEmpty() ? row.without("id") : row);
            }
            known.put(table, rows);
        });
        return new Platform(known);
    }

    /**
     * "They are prevented from signing in to Fuse", and "they cannot receive push or email notifications": the rows of
     * the views that the rest of the platform uses; views without rows are left out.
     */
    public Map<String, Set<Row>> views() {
        Set<Row> accounts = new LinkedHashSet<>();
        Set<Row> notifications = new LinkedHashSet<>();
        for (Row user : rows("users", "active", true)) {
            long id = user.id("id");
            accounts.add(Row.of("id", id, "username", user.text("username"), "email", user.text("email")));
            rows("notifications", "user_id", id).stream()
                    .filter(notification -> notification.moment("sent_at") == null)
                    .map(notification -> notification.without("sent_at"))
                    .forEach(notifications::add);
        }
        Map<String, Set<Row>> views = new HashMap<>(Map.of(VIEWS.get(0), accounts, VIEWS.get(1), notifications));
        views.values().removeIf(Set::isEmpty);
        return views;
    }

    private Platform withRows(String table, Set<Row> rows) {
        Map<String, Set<Row>> changed = new LinkedHashMap<>(tables);
        changed.put(table, rows);
        return new Platform(changed);
    }
}
