package com.fuse.users.oracle;

import com.fuse.users.oracle.Input.Above;
import com.fuse.users.oracle.Input.By;
import com.fuse.users.oracle.Input.InputRow;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A row that means a user, and whose cells say so, or nothing, or something else. The cells do not depend on the columns
 * or on the user, because values that depend on each other shrink slowly.
 *
 * @param cells as many as there are kinds of identifiers
 */
record RandomRow(
        long userId, List<Cell> cells, String note, String successor, State state, Above above, boolean tooWide) {

    private static final List<String> NO_IDS = List.of(
            "9",
            "9223372036854775807",
            "0",
            "-1",
            "+1",
            "1.0",
            "1e0",
            "x",
            "0x1",
            "\u0661",
            "1 2",
            "00",
            "9223372036854775808");

    private static final List<String> NO_NAMES = List.of("nobody", "Nobody", "=1+1", "7", "123");

    private static final List<String> YES = List.of("true", "TRUE", "t", " Yes ", "y", "1");
    private static final List<String> NO = List.of("false", "False", "f", "NO", "n", "0");
    private static final List<String> UNREADABLE = List.of("maybe", "2", "=1");

    /** Whom a cell names. */
    private enum Names {
        OWN,
        NOBODY,
        OTHER,
        UNKNOWN
    }

    /** How a cell spells an identifier. */
    private enum Spelling {
        PLAIN,
        PADDED,
        UPPER,
        LOWER,
        DECOMPOSED
    }

    /** @param other the other user, or the unknown value */
    record Cell(Names names, Spelling spelling, int other) {}

    /** @param word one of the words that say the same */
    record State(Claim claim, int word) {}

    /** What a row claims about the state of its user, in relation to the other rows. */
    private enum Claim {
        USUAL,
        NOTHING,
        OPPOSITE,
        UNREADABLE
    }

    /** The care with which rows were written: of all cells, how many mean the user, nobody, another user, no user. */
    enum Care {
        USUAL(20, 3, 1, 1),
        LITTLE(3, 1, 2, 2);

        private final Arbitrary<Names> names;

        Care(int own, int nobody, int other, int unknown) {
            names = Arbitraries.frequency(
                    Tuple.of(own, Names.OWN),
                    Tuple.of(nobody, Names.NOBODY),
                    Tuple.of(other, Names.OTHER),
                    Tuple.of(unknown, Names.UNKNOWN));
        }
    }

    static Arbitrary<RandomRow> any(Care care) {
        Arbitrary<String> notes =
                Arbitraries.frequency(Tuple.of(12, "note"), Tuple.of(3, ""), Tuple.of(1, " "), Tuple.of(1, "123"));
        Arbitrary<Above> above = Arbitraries.frequency(
                Tuple.of(16, Above.NOTHING),
                Tuple.of(1, Above.BLANK_LINE),
                Tuple.of(1, Above.BLANK_RECORD),
                Tuple.of(1, Above.HEADING));
        return Combinators.combine(
                        RandomInput.userIds(),
                        cells(care).list().ofSize(By.values().length),
                        notes,
                        successors(),
                        states(),
                        above,
                        Arbitraries.frequency(Tuple.of(19, false), Tuple.of(1, true)))
                .as(RandomRow::new);
    }

    /** @param mostlyActive what most rows claim the state of their user to be */
    InputRow below(List<By> columns, boolean mostlyActive) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(value(columns.get(i), cells.get(i)));
        }
        return new InputRow(values, note, successor, state(mostlyActive), above, tooWide);
    }

    /** The row in a file without a header. */
    InputRow alone(By by) {
        return new InputRow(
                List.of(spelled(by, userId, cells.get(0).spelling())),
                "",
                "",
                "",
                above == Above.HEADING ? Above.BLANK_LINE : above,
                false);
    }

    private static Arbitrary<Cell> cells(Care care) {
        Arbitrary<Spelling> spellings = Arbitraries.frequency(
                Tuple.of(10, Spelling.PLAIN),
                Tuple.of(2, Spelling.PADDED),
                Tuple.of(2, Spelling.UPPER),
                Tuple.of(2, Spelling.LOWER),
                Tuple.of(1, Spelling.DECOMPOSED));
        return Combinators.combine(care.names, spellings, Arbitraries.integers().between(0, NO_IDS.size() - 1))
                .as(Cell::new);
    }

    private static Arbitrary<String> successors() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just("")),
                Tuple.of(12, RandomInput.userIds().map(String::valueOf)),
                Tuple.of(2, RandomInput.userIds().map(id -> " 0" + id + " ")),
                Tuple.of(1, Arbitraries.of("x", "0", "-3", "=2")));
    }

    private static Arbitrary<State> states() {
        Arbitrary<Claim> claims = Arbitraries.frequency(
                Tuple.of(12, Claim.USUAL),
                Tuple.of(5, Claim.NOTHING),
                Tuple.of(2, Claim.OPPOSITE),
                Tuple.of(1, Claim.UNREADABLE));
        return Combinators.combine(claims, Arbitraries.integers().between(0, YES.size() - 1))
                .as(State::new);
    }

    private String value(By by, Cell cell) {
        return switch (cell.names()) {
            case OWN -> spelled(by, userId, cell.spelling());
            case NOBODY -> cell.spelling() == Spelling.PADDED ? " \u00a0" : "";
            case OTHER -> spelled(by, 1 + cell.other() % RandomWorld.MOST_USERS, cell.spelling());
            case UNKNOWN -> one(by == By.USER_ID ? NO_IDS : NO_NAMES, cell.other());
        };
    }

    /** A user's identifier, as people spell it. */
    private static String spelled(By by, long id, Spelling spelling) {
        String name = Objects.toString(
                by == By.USER_ID ? id : by == By.USERNAME ? WorldRows.username(id) : WorldRows.email(id), "");
        return switch (spelling) {
            case PLAIN -> name;
            case PADDED -> " \u00a0" + name + "\t ";
            case UPPER -> by == By.USER_ID ? "00" + name : name.toUpperCase(Locale.ROOT);
            case LOWER -> name.toLowerCase(Locale.ROOT);
            case DECOMPOSED -> Normalizer.normalize(name, Normalizer.Form.NFD);
        };
    }

    private String state(boolean mostlyActive) {
        return switch (state.claim()) {
            case USUAL -> one(mostlyActive ? YES : NO, state.word());
            case NOTHING -> "";
            case OPPOSITE -> one(mostlyActive ? NO : YES, state.word());
            case UNREADABLE -> one(UNREADABLE, state.word());
        };
    }

    private static String one(List<String> words, int index) {
        return words.get(index % words.size());
    }
}
