package com.fuse.users.oracle;

import com.fuse.users.oracle.Step.Consent;
import com.fuse.users.oracle.Step.Manner;
import com.fuse.users.oracle.Step.Task;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Commands and lives of a platform. */
final class RandomSteps {

    private static final int MOST_CHUNK_SIZE = 4;
    private static final int MOST_PARTITIONS = 3;

    private RandomSteps() {}

    static Arbitrary<List<Step>> lives() {
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                2, commands(Arbitraries.oneOf(tasks(), undos())).map(List::of)),
                        Tuple.of(1, changes().map(List::of)),
                        Tuple.of(2, planned(tasks()).map(List::of)),
                        Tuple.of(3, undone()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(chapters -> chapters.stream().flatMap(List::stream).toList());
    }

    /** Commands that need no earlier one. */
    static Arbitrary<Step> commands() {
        return commands(tasks());
    }

    private static Arbitrary<Step> commands(Arbitrary<Task> tasks) {
        return Combinators.combine(tasks, manners()).as(Step.Command::new);
    }

    private static Arbitrary<Step> planned(Arbitrary<Task> tasks) {
        return Combinators.combine(tasks, manners(), PlatformChange.any().list().ofMaxSize(3))
                .as(Step.Planned::new);
    }

    /** A deactivation that changes somebody, what happens then to such users, and the way back. */
    private static Arbitrary<List<Step>> undone() {
        Arbitrary<Task> anyDeactivation = RandomInput.plain().map(input -> new Step.Deactivate(input, null));
        Arbitrary<Step> deactivation = Combinators.combine(
                        anyDeactivation, manners().map(Manner::unhindered))
                .as(Step.Command::new);
        Arbitrary<Step> betweenThem = PlatformChange.afterDeactivation().map(Step.Life::new);
        Arbitrary<Step> undo = Arbitraries.oneOf(commands(undos()), planned(undos()));
        return Combinators.combine(deactivation, betweenThem.list().ofMaxSize(4), undo)
                .as((first, changes, last) -> Stream.of(List.of(first), changes, List.of(last))
                        .flatMap(List::stream)
                        .toList());
    }

    private static Arbitrary<Step> changes() {
        return PlatformChange.any().map(Step.Life::new);
    }

    private static Arbitrary<Task> tasks() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, deactivations()),
                Tuple.of(2, RandomInput.any().map(Step.Reactivate::new)),
                Tuple.of(2, RandomInput.any().map(Step.Reissue::new)));
    }

    private static Arbitrary<Task> deactivations() {
        return Combinators.combine(RandomInput.any(), RandomInput.userIds().injectNull(0.5))
                .as(Step.Deactivate::new);
    }

    private static Arbitrary<Task> undos() {
        return Combinators.combine(Arbitraries.integers().between(0, 3), Arbitraries.of(true, false))
                .as(Step.Undo::new);
    }

    private static Arbitrary<Manner> manners() {
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)),
                        Arbitraries.frequency(
                                Tuple.of(5, Consent.IN_ADVANCE),
                                Tuple.of(2, Consent.WHEN_ASKED),
                                Tuple.of(1, Consent.NEVER)),
                        Arbitraries.longs().between(0, 4).injectNull(0.8),
                        Arbitraries.of("0", "12.5", "25", "50", "100")
                                .map(BigDecimal::new)
                                .injectNull(0.8),
                        Arbitraries.of(false, true),
                        Arbitraries.integers().between(1, MOST_CHUNK_SIZE),
                        Arbitraries.integers().between(1, MOST_PARTITIONS))
                .as(Manner::new);
    }
}
