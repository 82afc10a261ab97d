package com.fuse.users.oracle;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Whatever the platform, the input and the options are: after a run every row of every table, the outcome of every row
 * of the input and the report are what the oracle foretold, and so after every further command on the same platform.
 */
class OracleTest {

    private static final Program PROGRAM = new Program();

    @AfterContainer
    static void stop() {
        PROGRAM.close();
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void aCommandDoesWhatTheRulesSay(@ForAll("worlds") RandomWorld world, @ForAll("commands") Step command) {
        new Trial(PROGRAM, world).take(command);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void soDoesEveryCommandAfterIt(@ForAll("worlds") RandomWorld world, @ForAll("lives") List<Step> steps) {
        Trial trial = new Trial(PROGRAM, world);
        steps.forEach(trial::take);
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
}
