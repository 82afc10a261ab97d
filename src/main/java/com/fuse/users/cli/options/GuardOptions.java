package com.fuse.users.cli.options;

import com.fuse.users.run.request.GuardLimits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of the guard: how many users a run may deactivate at most. */
public final class GuardOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--max-users",
            paramLabel = "N",
            description = "Do nothing (exit 77) if more than N users would be deactivated, by all files of the command"
                    + " together.")
    private @Nullable Long maxUsers;

    @Option(
            names = "--max-percent",
            paramLabel = "P",
            description =
                    "Do nothing (exit 77) if more than P %% of the active users would be deactivated, by all files of the"
                            + " command together. Default: 20, also with --max-users; it applies only to commands that"
                            + " would deactivate more than 100 users.")
    private @Nullable BigDecimal maxPercent;

    /** Refuses values that make no sense. */
    public void check() {
        OptionCheck.require(spec, maxUsers == null || maxUsers >= 0, "--max-users must be 0 or more", maxUsers);
        OptionCheck.requirePercent(spec, "--max-percent", maxPercent);
    }

    /** The limits of the guard. */
    public GuardLimits limits() {
        return new GuardLimits(maxUsers, maxPercent);
    }
}
