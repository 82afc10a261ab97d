package com.fuse.users.oracle;

import com.fuse.users.oracle.Action.CommandOptions;
import com.fuse.users.oracle.Action.Consent;
import com.fuse.users.oracle.Action.InputTask;
import com.fuse.users.oracle.Action.Task;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random commands and changes by the platform. */
final class RandomActions {

    private static final int MOST_CHUNK_SIZE = 4;
    private static final int MOST_PARTITIONS = 3;

    private RandomActions() {}

    static Arbitrary<List<Action>> sequences() {
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                2, commands(Arbitraries.oneOf(tasks(), undos())).map(List::of)),
                        Tuple.of(1, changes().map(List::of)),
                        Tuple.of(2, planned(tasks()).map(List::of)),
                        Tuple.of(3, undone()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> parts.stream().flatMap(List::stream).toList());
    }

    /** Commands that need no earlier one. */
    static Arbitrary<Action> commands() {
        return commands(tasks());
    }

    private static Arbitrary<Action> commands(Arbitrary<Task> tasks) {
        return Combinators.combine(tasks, options()).as(Action.Command::new);
    }

    private static Arbitrary<Action> planned(Arbitrary<Task> tasks) {
        return Combinators.combine(tasks, options(), PlatformChange.any().list().ofMaxSize(3))
                .as(Action.PlannedCommand::new);
    }

    /** A deactivation that changes users, changes by the platform to such users, and an undo or two. */
    private static Arbitrary<List<Action>> undone() {
        Arbitrary<Task> anyDeactivation = RandomInput.plain().map(input -> new Action.Deactivate(input, null));
        Arbitrary<Action> deactivation = Combinators.combine(
                        anyDeactivation, options().map(CommandOptions::unconditional))
                .as(Action.Command::new);
        Arbitrary<Action> betweenThem = PlatformChange.afterDeactivation().map(Action.Change::new);
        Arbitrary<Action> sinceAnUndo = PlatformChange.afterUndo().map(Action.Change::new);
        Arbitrary<Action> undo = Arbitraries.oneOf(commands(undos()), planned(undos()));
        return Combinators.combine(
                        deactivation,
                        betweenThem.list().ofMaxSize(4),
                        undo,
                        sinceAnUndo.list().ofMaxSize(2),
                        undo.list().ofMaxSize(1))
                .as((first, changes, second, later, last) -> Stream.of(
                                List.of(first), changes, List.of(second), later, last)
                        .flatMap(List::stream)
                        .toList());
    }

    private static Arbitrary<Action> changes() {
        return PlatformChange.any().map(Action.Change::new);
    }

    private static Arbitrary<Task> tasks() {
        return tasks(RandomInput.any()).map(task -> task);
    }

    /** Commands over such inputs. */
    static Arbitrary<InputTask> tasks(Arbitrary<Input> inputs) {
        Arbitrary<InputTask> deactivations = Combinators.combine(
                        inputs, RandomInput.userIds().injectNull(0.5))
                .as(Action.Deactivate::new);
        return Arbitraries.frequencyOf(
                Tuple.of(5, deactivations),
                Tuple.of(2, inputs.map(Action.Reactivate::new)),
                Tuple.of(2, inputs.map(Action.Reissue::new)));
    }

    private static Arbitrary<Task> undos() {
        return Combinators.combine(Arbitraries.integers().between(0, 3), Arbitraries.of(true, false))
                .as(Action.Undo::new);
    }

    static Arbitrary<CommandOptions> options() {
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
                        Arbitraries.frequency(
                                        Tuple.of(4, "10"), Tuple.of(1, "0"), Tuple.of(1, "62.5"), Tuple.of(2, "100"))
                                .map(BigDecimal::new),
                        Arbitraries.of(false, true),
                        Arbitraries.integers().between(1, MOST_CHUNK_SIZE),
                        Arbitraries.integers().between(1, MOST_PARTITIONS))
                .as(CommandOptions::new);
    }
}
