package com.fuse.users.oracle;

import com.fuse.users.oracle.Input.By;
import com.fuse.users.oracle.Input.InputRow;
import java.util.Locale;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Inputs that name the users of a {@link RandomWorld} in every way, twice or wrongly, and users who do not exist. */
final class RandomInput {

    private static final int MOST_ROWS = 8;
    private static final int IN_MOST_WORLDS = 4;
    private static final int BEYOND_THE_LAST = 1;

    private static final Arbitrary<String> MALFORMED_IDS =
            Arbitraries.of("", "0", "-1", "+1", "1.0", "1e0", "x", "0x1", "\u0661", "1 2", "00", "9223372036854775808");

    private RandomInput() {}

    static Arbitrary<Input> any() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, bare()),
                Tuple.of(4, withHeader(By.USER_ID)),
                Tuple.of(1, withHeader(By.USERNAME)),
                Tuple.of(1, withHeader(By.EMAIL)));
    }

    /** Without a header, as {@code --user} makes it. */
    private static Arbitrary<Input> bare() {
        return userIds()
                .map(InputRow::of)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_ROWS)
                .map(rows -> new Input(By.USER_ID, false, false, rows));
    }

    /** Users who exist in most worlds. */
    static Arbitrary<Input> plain() {
        return Arbitraries.longs()
                .between(1, IN_MOST_WORLDS)
                .set()
                .ofMinSize(1)
                .map(ids -> Input.ofUserIds(ids.stream()));
    }

    private static Arbitrary<Input> withHeader(By by) {
        Arbitrary<String> value = by == By.USER_ID ? spelledIds() : names(by);
        Arbitrary<Boolean> seldom = Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true));
        Arbitrary<InputRow> row =
                Combinators.combine(value, successors(), seldom, seldom).as(InputRow::new);
        return Combinators.combine(Arbitraries.of(false, true), row.list().ofMaxSize(MOST_ROWS))
                .as((withSuccessors, rows) -> new Input(by, true, withSuccessors, rows));
    }

    /** Few IDs, so that commands, successors and changes meet. */
    static Arbitrary<Long> userIds() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.longs().between(1, IN_MOST_WORLDS)),
                Tuple.of(2, Arbitraries.longs().between(1, RandomWorld.MOST_USERS + BEYOND_THE_LAST)));
    }

    private static Arbitrary<String> spelledIds() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, userIds().map(String::valueOf)),
                Tuple.of(1, userIds().map(id -> "00" + id)),
                Tuple.of(1, userIds().map(id -> " \u00a0" + id + "\t ")),
                Tuple.of(1, Arbitraries.just("9223372036854775807")),
                Tuple.of(1, MALFORMED_IDS));
    }

    private static Arbitrary<String> names(By by) {
        Arbitrary<String> name = userIds()
                .map(id -> by == By.USERNAME ? WorldRows.username(id) : Objects.toString(WorldRows.email(id), ""));
        return Arbitraries.frequencyOf(
                Tuple.of(5, name),
                Tuple.of(1, name.map(text -> " " + text + "\u00a0")),
                Tuple.of(1, name.map(text -> text.toUpperCase(Locale.ROOT))),
                Tuple.of(1, Arbitraries.of("", "=1+1", "nobody", "Nobody", "7")));
    }

    private static Arbitrary<String> successors() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just("")),
                Tuple.of(6, userIds().map(String::valueOf)),
                Tuple.of(1, userIds().map(id -> " 0" + id + " ")),
                Tuple.of(1, Arbitraries.of("x", "0", "-3", "=2")));
    }
}
