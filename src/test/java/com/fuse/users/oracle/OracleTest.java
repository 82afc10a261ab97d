package com.fuse.users.oracle;

import static com.fuse.users.oracle.IdentifiedUsers.ownersOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.oracle.Action.CommandOptions;
import com.fuse.users.oracle.Action.Consent;
import com.fuse.users.oracle.Action.Deactivate;
import com.fuse.users.oracle.Action.InputTask;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCollector;

/**
 * Compares every row of every table, every outcome and the report of a run with the oracle, for random platforms,
 * inputs and options, and for sequences of commands on one platform.
 *
 * <p>Examples shrink in full, because jqwik continues a bounded shrinking in the background, on the same database.
 */
class OracleTest {

    private static final Program PROGRAM = new Program();

    private static final List<String> OUTCOMES = List.of(
            "DEACTIVATED",
            "REACTIVATED",
            "REISSUED",
            "ALREADY_INACTIVE",
            "ALREADY_ACTIVE",
            "COMMUNITY_ADMIN",
            "NOT_FOUND",
            "DUPLICATE",
            "MALFORMED",
            "MISMATCH",
            "INVALID_SUCCESSOR",
            "PERSONAL_DATA_REMOVED",
            "INACTIVE");

    private static final List<String> COMMANDS = List.of(
            "Deactivate",
            "Deactivate as a plan",
            "Deactivate held to a plan",
            "Reactivate",
            "Reactivate as a plan",
            "Reactivate held to a plan",
            "Reissue",
            "Reissue as a plan",
            "Reissue held to a plan",
            "Undo",
            "Undo as a plan",
            "Undo held to a plan",
            "refused",
            "refused because of bad rows");

    @AfterContainer
    static void stop() {
        PROGRAM.close();
    }

    @Example
    void theOracleKnowsEveryTableAndViewOfThePlatform() {
        assertThat(PROGRAM.tablesAndViews())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Platform.TABLES, Platform.VIEWS)
                        .flatMap(List::stream)
                        .toList());
    }

    @Property(seed = "1", tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.FULL)
    void aCommandDoesWhatTheRulesSay(@ForAll("worlds") RandomWorld world, @ForAll("commands") Action command) {
        compare(world, List.of(command));
    }

    @Property(seed = "1", tries = 100, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.FULL)
    void everyCommandOfASequenceDoesWhatTheRulesSay(
            @ForAll("worlds") RandomWorld world, @ForAll("sequences") List<Action> actions) {
        compare(world, actions);
        requireEveryOutcomeAndCommand();
    }

    @Property(seed = "1", tries = 100, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.FULL)
    void noRunChangesAUserWhomNoRowClearlyIdentifies(
            @ForAll("worlds") RandomWorld world,
            @ForAll("tasksOfSeveralIdentifiers") InputTask task,
            @ForAll("options") CommandOptions options) {
        PROGRAM.reset();
        PlatformTables.insert(PROGRAM.owner(), WorldRows.of(world));
        Platform before = PlatformTables.read(PROGRAM.owner());
        Set<Long> identified = IdentifiedUsers.of(task.input(), task.activeAfter(), before);

        new Commands(PROGRAM, options.unconditional(), null, new RecordedConfirmation(Consent.IN_ADVANCE)).run(task);

        Platform after = PlatformTables.read(PROGRAM.owner());
        assertThat(identified).as("users who lost or changed a row").containsAll(ownersOf(before.minus(after)));
        Set<Long> identifiedOrSuccessor = new HashSet<>(identified);
        identifiedOrSuccessor.addAll(successors(task));
        assertThat(identifiedOrSuccessor).as("users who gained a row").containsAll(ownersOf(after.minus(before)));
        Statistics.label("runs that change users").collect(!before.equals(after));
    }

    @Tag("slow")
    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.FULL)
    void everyCommandOfManySequencesDoesWhatTheRulesSay(
            @ForAll("worlds") RandomWorld world, @ForAll("sequences") List<Action> actions) {
        compare(world, actions);
        requireEveryOutcomeAndCommand();
    }

    @Provide
    Arbitrary<RandomWorld> worlds() {
        return RandomWorld.any();
    }

    @Provide
    Arbitrary<Action> commands() {
        return RandomActions.commands();
    }

    @Provide
    Arbitrary<List<Action>> sequences() {
        return RandomActions.sequences();
    }

    @Provide
    Arbitrary<InputTask> tasksOfSeveralIdentifiers() {
        return RandomActions.tasks(RandomInput.several());
    }

    @Provide
    Arbitrary<CommandOptions> options() {
        return RandomActions.options();
    }

    /** The users who are named to take over the roles of others. */
    private static Set<Long> successors(InputTask task) {
        Set<Long> successors = new HashSet<>();
        if (task instanceof Deactivate) {
            task.input()
                    .rows()
                    .forEach(row -> successors.add(Cells.userId(task.input().successor(row))));
            successors.add(task.transferAdminTo());
        }
        return successors;
    }

    private static void compare(RandomWorld world, List<Action> actions) {
        OracleComparison comparison = new OracleComparison(PROGRAM, world);
        actions.forEach(comparison::apply);
        comparison.comparedRuns().forEach(run -> {
            commandsSeen().collect(run.command());
            run.outcomes().forEach(outcomesSeen()::collect);
        });
    }

    /** Fails if no try had one of the outcomes or commands. */
    private static void requireEveryOutcomeAndCommand() {
        outcomesSeen()
                .coverage(
                        seen -> OUTCOMES.forEach(outcome -> seen.check(outcome).count(rows -> rows > 0)));
        commandsSeen()
                .coverage(
                        seen -> COMMANDS.forEach(command -> seen.check(command).count(runs -> runs > 0)));
    }

    private static StatisticsCollector outcomesSeen() {
        return Statistics.label("runs with an outcome");
    }

    private static StatisticsCollector commandsSeen() {
        return Statistics.label("runs compared with the oracle");
    }
}
