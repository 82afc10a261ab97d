package com.fuse.users.oracle;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * A platform that is so small that users, communities and courses meet in every combination. IDs start at 1.
 *
 * @param global the ID of the global community
 */
record RandomWorld(int communities, int global, List<RandomCourse> courses, List<RandomUser> users) {

    static final int MOST_USERS = 8;
    static final int MOST_COMMUNITIES = 4;
    static final int MOST_COURSES = 5;
    static final int TOKEN_TABLES = 3;
    static final int RETAINED_TABLES = 12;

    /** The state of a user's account. */
    enum Standing {
        ACTIVE,
        INACTIVE,
        WITHOUT_PERSONAL_DATA
    }

    /** A course and its community. */
    record RandomCourse(int community, boolean scorm) {}

    /** @param retained indexes of tables, one row each */
    record RandomUser(Standing standing, Access access, Learning learning, List<Integer> retained) {}

    /**
     * The rows that a deactivation deletes, except for certificates, and the admin roles that prevent it.
     *
     * @param tokens indexes of tables, one row each
     */
    record Access(Set<Integer> admin, Set<Integer> member, List<Integer> requests, List<Integer> tokens) {}

    /**
     * Indexes of courses that do not exist are ignored.
     *
     * @param notifications from 0 to 3: odd ones are e-mails, those from 2 were sent
     */
    record Learning(Set<Integer> completed, Set<Integer> certified, List<Integer> notifications) {}

    static Arbitrary<RandomWorld> any() {
        return ids(MOST_COMMUNITIES).flatMap(communities -> Combinators.combine(
                        ids(communities),
                        course(communities).list().ofMaxSize(MOST_COURSES),
                        user(communities).list().ofMinSize(1).ofMaxSize(MOST_USERS))
                .as((global, courses, users) -> new RandomWorld(communities, global, courses, users)));
    }

    private static Arbitrary<RandomCourse> course(int communities) {
        return Combinators.combine(ids(communities), Arbitraries.of(true, true, false))
                .as(RandomCourse::new);
    }

    private static Arbitrary<RandomUser> user(int communities) {
        Arbitrary<Standing> standing = Arbitraries.frequency(
                Tuple.of(4, Standing.ACTIVE),
                Tuple.of(2, Standing.INACTIVE),
                Tuple.of(1, Standing.WITHOUT_PERSONAL_DATA));
        Arbitrary<Access> access = Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.just(Set.<Integer>of()),
                                ids(communities).set()),
                        ids(communities).set(),
                        few(ids(communities)),
                        few(indexes(TOKEN_TABLES)))
                .as(Access::new);
        Arbitrary<Learning> learning = Combinators.combine(
                        ids(MOST_COURSES).set(), ids(MOST_COURSES).set(), few(indexes(4)))
                .as(Learning::new);
        return Combinators.combine(standing, access, learning, few(indexes(RETAINED_TABLES)))
                .as(RandomUser::new);
    }

    private static Arbitrary<List<Integer>> few(Arbitrary<Integer> some) {
        return some.list().ofMaxSize(3);
    }

    private static Arbitrary<Integer> ids(int highest) {
        return Arbitraries.integers().between(1, highest);
    }

    private static Arbitrary<Integer> indexes(int size) {
        return Arbitraries.integers().between(0, size - 1);
    }
}
