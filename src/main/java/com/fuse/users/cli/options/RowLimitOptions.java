package com.fuse.users.cli.options;

import com.fuse.users.run.request.RowLimits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that refuse an input because of its rows. */
public final class RowLimitOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--expect-rows",
            paramLabel = "N",
            description = "Do nothing (exit 65) if the input does not have N rows, without its header.")
    private @Nullable Long expectRows;

    @Option(
            names = "--max-bad-percent",
            paramLabel = "P",
            description = "Do nothing (exit 65) if more than P %% of the rows, and at least five, are MALFORMED or"
                    + " MISMATCH. Default: ${DEFAULT-VALUE}.")
    private BigDecimal maxBadPercent = RowLimits.DEFAULT_MAX_BAD_PERCENT;

    /** Refuses values that make no sense. */
    public void check() {
        OptionCheck.require(spec, expectRows == null || expectRows >= 0, "--expect-rows must be 0 or more", expectRows);
        OptionCheck.requirePercent(spec, "--max-bad-percent", maxBadPercent);
    }

    /** The limits. */
    public RowLimits limits() {
        return new RowLimits(expectRows, maxBadPercent);
    }
}
