package com.fuse.users.cli;

import com.fuse.users.run.GuardLimits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many users a run may deactivate at the most. */
final class GuardOptions {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--max-users",
            paramLabel = "N",
            description = "Do nothing (exit 77) if more than N users would be deactivated.")
    private @Nullable Long maxUsers;

    @Option(
            names = "--max-percent",
            paramLabel = "P",
            description = "Do nothing (exit 77) if more than P %% of the active users would be deactivated."
                    + " Default: 20, judging only inputs that would deactivate more than 100.")
    private @Nullable BigDecimal maxPercent;

    /** The limits, if their values make sense. */
    GuardLimits limits() {
        require(maxUsers == null || maxUsers >= 0, "--max-users must be 0 or more", maxUsers);
        require(
                maxPercent == null || maxPercent.signum() >= 0 && maxPercent.compareTo(HUNDRED) <= 0,
                "--max-percent must be from 0 to 100",
                maxPercent);
        return new GuardLimits(maxUsers, maxPercent);
    }

    private void require(boolean condition, String rule, @Nullable Object value) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), rule + ", not " + value);
        }
    }
}
