package com.fuse.users.cli.options;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks the values of options for rules that their type does not express. */
public final class OptionCheck {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private OptionCheck() {}

    /**
     * Refuses the value unless the condition holds.
     *
     * @param rule a sentence such as "--count must be 1 or more"
     * @throws ParameterException with the rule and the value
     */
    public static void require(CommandSpec command, boolean condition, String rule, @Nullable Object value) {
        if (!condition) {
            throw new ParameterException(command.commandLine(), rule + ", not " + value);
        }
    }

    /** Refuses a percentage that is not from 0 to 100; null is one that is not given. */
    static void requirePercent(CommandSpec command, String option, @Nullable BigDecimal value) {
        require(
                command,
                value == null || value.signum() >= 0 && value.compareTo(HUNDRED) <= 0,
                option + " must be from 0 to 100",
                value);
    }

    /** Refuses a number that cannot be a user ID. */
    public static void requireUserId(CommandSpec command, long value) {
        require(command, value >= 1, "a user ID is 1 or more", value);
    }
}
