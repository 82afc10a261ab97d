package com.fuse.users.oracle;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happens on a platform. */
sealed interface Action {

    /** A change by the platform itself. */
    record Change(PlatformChange change) implements Action {}

    /** A command. */
    record Command(Task task, CommandOptions options) implements Action {}

    /** A dry run, changes by the platform, and the command held to the plan. */
    record PlannedCommand(Task task, CommandOptions options, List<PlatformChange> between) implements Action {}

    /** The task of a command. */
    sealed interface Task {}

    /** @param transferAdminTo null if the option is not given */
    record Deactivate(Input input, @Nullable Long transferAdminTo) implements Task {}

    record Reactivate(Input input) implements Task {}

    record Reissue(Input input) implements Task {}

    /** @param which index of a completed deactivation, modulo their number; without any there is nothing to undo */
    record Undo(int which, boolean withMemberships) implements Task {}

    /** The options of a command. */
    record CommandOptions(
            boolean dryRun,
            Consent consent,
            @Nullable Long maxUsers,
            @Nullable BigDecimal maxPercent,
            boolean acceptSkips,
            int chunkSize,
            int partitions) {

        /** Without a dry run and without anything that could stop the command. */
        CommandOptions unconditional() {
            return new CommandOptions(false, Consent.IN_ADVANCE, null, null, acceptSkips, chunkSize, partitions);
        }

        CommandOptions asPlan() {
            return new CommandOptions(true, consent, maxUsers, maxPercent, acceptSkips, chunkSize, partitions);
        }

        CommandOptions withoutDryRun() {
            return new CommandOptions(false, consent, maxUsers, maxPercent, acceptSkips, chunkSize, partitions);
        }
    }

    /** Whether and when the operator confirms. */
    enum Consent {
        IN_ADVANCE,
        WHEN_ASKED,
        NEVER
    }
}
