package com.fuse.users.oracle;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a {@link Platform} from the database and inserts one, each in a single round trip, because tests do it
 * thousands of times.
 */
public final class PlatformTables {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String TABLES = select(Platform.TABLES);
    private static final String VIEWS = select(Platform.VIEWS);

    private static final String INSERT =
            "insert into public.%1$s select (jsonb_populate_record(null::public.%1$s, row)).* from jsonb_array_elements(?::jsonb) row";

    private PlatformTables() {}

    /** All current rows of all tables. */
    public static Platform read(DataSource owner) {
        Map<String, Set<Row>> tables = new LinkedHashMap<>();
        Platform.TABLES.forEach(table -> tables.put(table, new LinkedHashSet<>()));
        tables.putAll(rows(owner, TABLES));
        return new Platform(tables);
    }

    /** All current rows of the views. */
    public static Map<String, Set<Row>> readViews(DataSource owner) {
        return rows(owner, VIEWS);
    }

    private static Map<String, Set<Row>> rows(DataSource owner, String select) {
        Map<String, Set<Row>> rows = new HashMap<>();
        try (Connection connection = owner.getConnection();
                PreparedStatement statement = connection.prepareStatement(select);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.computeIfAbsent(result.getString(1), table -> new LinkedHashSet<>())
                        .add(row(result.getString(2)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static String select(List<String> names) {
        return names.stream()
                .map(name -> "select '%1$s', to_jsonb(t)::text from public.%1$s t".formatted(name))
                .collect(joining("\nunion all\n"));
    }

    /** Inserts all rows of the platform, subject to its guards. */
    public static void insert(DataSource owner, Platform platform) {
        List<String> statements = new ArrayList<>();
        List<String> parameters = new ArrayList<>();
        platform.tables().forEach((table, rows) -> {
            if (!rows.isEmpty()) {
                statements.add(INSERT.formatted(table));
                parameters.add(JSON.writeValueAsString(
                        rows.stream().map(PlatformTables::json).toList()));
            }
        });
        try (Connection connection = owner.getConnection();
                PreparedStatement insert = connection.prepareStatement(String.join(";\n", statements))) {
            for (int i = 0; i < parameters.size(); i++) {
                insert.setString(i + 1, parameters.get(i));
            }
            insert.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Row row(String json) {
        Map<String, @Nullable Object> values = JSON.readValue(json, new TypeReference<>() {});
        SortedMap<String, @Nullable Object> columns = new TreeMap<>(values);
        columns.replaceAll(PlatformTables::value);
        return new Row(columns);
    }

    private static @Nullable Object value(String column, @Nullable Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return column.endsWith("_at") && value instanceof String moment
                ? OffsetDateTime.parse(moment).toInstant()
                : value;
    }

    private static Map<String, @Nullable Object> json(Row row) {
        SortedMap<String, @Nullable Object> values = new TreeMap<>(row.columns());
        values.replaceAll((column, value) -> value instanceof Instant moment ? moment.toString() : value);
        return values;
    }
}
