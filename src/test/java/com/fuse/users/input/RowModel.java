package com.fuse.users.input;

import com.fuse.users.input.CsvModel.First;
import com.fuse.users.input.CsvModel.Role;
import com.fuse.users.input.CsvText.Field;
import com.fuse.users.input.CsvText.Line;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The row that the contract requires a reader to read from a record.
 *
 * @param text what is written before the record
 */
record RowModel(First first, CsvText text) {

    /**
     * A row.
     *
     * @param userId has no upper bound; null if none is certain
     * @param names the username and the e-mail address, each null if there is none; null if there is one identifying
     *     column only
     * @param swallowed the usernames on lines within a field
     * @param lines the lines within a field that the problem names
     */
    record Row(
            long line,
            String value,
            @Nullable BigInteger userId,
            UserRecord.@Nullable Names names,
            @Nullable Boolean active,
            List<String> swallowed,
            String lines,
            RowResult result) {

        static Row malformed(long line, String value, RowResult result) {
            return new Row(line, value, null, null, null, List.of(), "", result);
        }
    }

    /** The result of a row, identified by words of its problem. */
    enum RowResult {
        FINE(""),
        SWALLOWED("a quoted field contains line"),
        BLANK_HEADING(", which has no heading; "),
        TOO_MANY_FIELDS(" fields, but the "),
        GROUPED("may hold one number with a thousands separator"),
        OVERSIZED("has a field of more than 65536 bytes"),
        EMPTY("has no "),
        NO_USER_ID("user ID '"),
        NO_STATE(" does not tell whether the user is active"),
        COUNT("is the number of rows above it");

        private final String words;

        RowResult(String words) {
            this.words = words;
        }

        static RowResult of(@Nullable String problem) {
            return problem == null
                    ? FINE
                    : Stream.of(values())
                            .filter(result -> result != FINE && problem.contains(result.words))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(problem));
        }
    }

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "0");
    private static final BigInteger LARGEST = new BigInteger("9223372036854775807");
    private static final int LARGEST_FIELD = 65_536;
    private static final int LONGEST_KEPT = 256;

    /** The row of a record that is neither blank nor a header. */
    Row row(Line line) {
        long number = text.line();
        SwallowedModel swallowed = SwallowedModel.of(first, line, text);
        String value = deciding(line);
        RowResult result = swallowed.certain() ? RowResult.SWALLOWED : result(line, value);
        return switch (result) {
            case SWALLOWED ->
                new Row(number, whole(line), null, null, null, List.of(), swallowed.named(), RowResult.SWALLOWED);
            case BLANK_HEADING, TOO_MANY_FIELDS, GROUPED -> Row.malformed(number, whole(line), result);
            case OVERSIZED -> Row.malformed(number, isOversized(value) ? kept(value) : value, result);
            case FINE ->
                new Row(
                        number,
                        value,
                        first.valueOf(line, Role.USER_ID).isEmpty() ? null : new BigInteger(value),
                        names(line),
                        state(line),
                        swallowed.usernames(),
                        swallowed.named(),
                        swallowed.usernames().isEmpty() ? RowResult.FINE : RowResult.SWALLOWED);
            default -> Row.malformed(number, value, result);
        };
    }

    /** Whether the value is a number from 1 to 9223372036854775807. */
    static boolean isUserId(String value) {
        return DIGITS.matcher(value).matches()
                && new BigInteger(value).signum() > 0
                && new BigInteger(value).compareTo(LARGEST) <= 0;
    }

    private RowResult result(Line line, String value) {
        if (hasValueUnderBlankHeading(line)) {
            return RowResult.BLANK_HEADING;
        }
        if (line.size() > first.line().size()) {
            return RowResult.TOO_MANY_FIELDS;
        }
        if (mayBeGrouped(line)) {
            return RowResult.GROUPED;
        }
        if (line.fields().stream().anyMatch(field -> isOversized(field.text()))) {
            return RowResult.OVERSIZED;
        }
        if (value.isEmpty()) {
            return RowResult.EMPTY;
        }
        if (!first.valueOf(line, Role.USER_ID).isEmpty() && !isUserId(value)) {
            return RowResult.NO_USER_ID;
        }
        String active = first.valueOf(line, Role.ACTIVE);
        return active.isEmpty() || state(line) != null ? RowResult.FINE : RowResult.NO_STATE;
    }

    private boolean hasValueUnderBlankHeading(Line line) {
        List<String> headings = first.header() ? first.line().values() : List.of();
        return IntStream.range(0, Math.min(line.size(), headings.size()))
                .anyMatch(i -> headings.get(i).isEmpty()
                        && !line.fields().get(i).value().isEmpty());
    }

    private boolean mayBeGrouped(Line line) {
        int index = first.roles().indexOf(Role.USER_ID);
        if (index < 0 || text.delimiter() != ',' || index + 1 >= line.size()) {
            return false;
        }
        Field id = line.fields().get(index);
        Field next = line.fields().get(index + 1);
        return id.value().matches("[0-9]{1,3}")
                && next.value().matches("[0-9]{3}")
                && !text.isQuoted(id)
                && !text.isQuoted(next);
    }

    /** The first identifier that is not blank. */
    private String deciding(Line line) {
        return Stream.of(Role.USER_ID, Role.USERNAME, Role.EMAIL)
                .map(role -> first.valueOf(line, role))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private UserRecord.@Nullable Names names(Line line) {
        long identifying = first.roles().stream()
                .filter(role -> role == Role.USER_ID || role == Role.USERNAME || role == Role.EMAIL)
                .count();
        return identifying == 1 ? null : new UserRecord.Names(name(line, Role.USERNAME), name(line, Role.EMAIL));
    }

    private @Nullable String name(Line line, Role role) {
        String name = first.valueOf(line, role);
        return name.isEmpty() ? null : name;
    }

    private @Nullable Boolean state(Line line) {
        String active = first.valueOf(line, Role.ACTIVE).toLowerCase(Locale.ROOT);
        if (TRUE.contains(active)) {
            return true;
        }
        return FALSE.contains(active) ? false : null;
    }

    private String whole(Line line) {
        return kept(String.join(
                String.valueOf(text.delimiter()),
                line.fields().stream().limit(line.size()).map(Field::text).toList()));
    }

    private static boolean isOversized(String field) {
        return field.getBytes(StandardCharsets.UTF_8).length > LARGEST_FIELD;
    }

    private static String kept(String value) {
        return value.length() <= LONGEST_KEPT ? value : value.substring(0, LONGEST_KEPT) + "…";
    }
}
