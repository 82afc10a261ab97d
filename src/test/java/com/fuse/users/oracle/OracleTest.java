package com.fuse.users.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
 * Whatever the platform, the input and the options are: after a run every row of every table, the outcome of every row
 * of the input and the report are what the oracle foretold, and so after every further command on the same platform.
 *
 * <p>An example is shrunk in full, because a shrinking that is cut short goes on in the background, on the same database.
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
            "refused");

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

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.FULL)
    void aCommandDoesWhatTheRulesSay(@ForAll("worlds") RandomWorld world, @ForAll("commands") Step command) {
        live(world, List.of(command));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.FULL)
    void soDoesEveryCommandAfterIt(@ForAll("worlds") RandomWorld world, @ForAll("lives") List<Step> steps) {
        live(world, steps);
        everythingOccurs();
    }

    @Tag("slow")
    @Property(tries = 20_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.FULL)
    void andSoOn(@ForAll("worlds") RandomWorld world, @ForAll("lives") List<Step> steps) {
        live(world, steps);
        everythingOccurs();
    }

    @Provide
    Arbitrary<RandomWorld> worlds() {
        return RandomWorld.any();
    }

    @Provide
    Arbitrary<Step> commands() {
        return RandomSteps.commands();
    }

    @Provide
    Arbitrary<List<Step>> lives() {
        return RandomSteps.lives();
    }

    private static void live(RandomWorld world, List<Step> steps) {
        Trial trial = new Trial(PROGRAM, world);
        steps.forEach(trial::take);
        trial.seen().forEach(run -> {
            commandsSeen().collect(run.command());
            run.outcomes().forEach(outcomesSeen()::collect);
        });
    }

    /** No outcome and no command is left to chance. */
    private static void everythingOccurs() {
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
