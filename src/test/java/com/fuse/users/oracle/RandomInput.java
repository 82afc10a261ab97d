package com.fuse.users.oracle;

import com.fuse.users.oracle.Input.By;
import com.fuse.users.oracle.Input.Column;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Inputs that name the users of a {@link RandomWorld} in every way, twice or wrongly, and users who do not exist. */
final class RandomInput {

    private static final int MOST_ROWS = 8;
    private static final int MANY_BAD_ROWS = 5;
    private static final int IN_MOST_WORLDS = 4;
    private static final int BEYOND_THE_LAST = 1;

    /** The usual headings and synonyms, in the order of {@link By}. */
    private static final List<List<String>> HEADINGS =
            List.of(List.of("user_id", "username", "email"), List.of("User ID", "Login", "E-Mail Address"));

    private RandomInput() {}

    static Arbitrary<Input> any() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, bare(By.USER_ID)),
                Tuple.of(1, bare(By.EMAIL)),
                Tuple.of(4, withHeader(1, RandomRow.Care.USUAL, 0)),
                Tuple.of(8, several()),
                Tuple.of(2, withHeader(3, RandomRow.Care.LITTLE, MANY_BAD_ROWS)));
    }

    /** With several columns of identifiers, which do not always agree. */
    static Arbitrary<Input> several() {
        return Arbitraries.oneOf(withHeader(2, RandomRow.Care.USUAL, 0), withHeader(3, RandomRow.Care.USUAL, 0));
    }

    /** Users who exist in most worlds. */
    static Arbitrary<Input> plain() {
        return Arbitraries.longs()
                .between(1, IN_MOST_WORLDS)
                .set()
                .ofMinSize(1)
                .map(ids -> Input.ofUserIds(ids.stream()));
    }

    /** Few IDs, so that commands, successors and changes meet. */
    static Arbitrary<Long> userIds() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.longs().between(1, IN_MOST_WORLDS)),
                Tuple.of(2, Arbitraries.longs().between(1, RandomWorld.MOST_USERS + BEYOND_THE_LAST)));
    }

    /** Without a header, one user on a line. */
    private static Arbitrary<Input> bare(By by) {
        return rows(RandomRow.Care.USUAL, 1)
                .map(some -> some.stream().map(row -> row.alone(by)).toList())
                // Without an address in the first row, this is no list of e-mail addresses.
                .filter(rows -> by == By.USER_ID
                        || rows.stream().allMatch(row -> row.values().get(0).contains("@")))
                .map(rows -> new Input(List.of(new Column(by, "")), null, false, false, false, rows));
    }

    /**
     * Below a header.
     *
     * @param number of kinds of identifiers
     */
    private static Arbitrary<Input> withHeader(int number, RandomRow.Care care, int fewestRows) {
        return Combinators.combine(
                        Arbitraries.shuffle(Arrays.asList(By.values())),
                        Arbitraries.of(HEADINGS),
                        Arbitraries.integers().between(0, number - 1).injectNull(0.9),
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, false, true),
                        Arbitraries.of(true, false),
                        rows(care, fewestRows))
                .as((order, headings, only, successors, states, mostlyActive, rows) -> {
                    List<By> kinds = order.subList(0, number);
                    return new Input(
                            kinds.stream()
                                    .map(by -> new Column(by, headings.get(by.ordinal())))
                                    .toList(),
                            only == null ? null : kinds.get(only),
                            true,
                            successors,
                            states,
                            rows.stream()
                                    .map(row -> row.below(kinds, mostlyActive))
                                    .toList());
                });
    }

    private static Arbitrary<List<RandomRow>> rows(RandomRow.Care care, int fewest) {
        return RandomRow.any(care).list().ofMinSize(fewest).ofMaxSize(MOST_ROWS);
    }
}
