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

    /** The task of a command over the users of an input. */
    sealed interface InputTask extends Task {

        Input input();

        /** The state that the command gives its users; null if it gives none. */
        @Nullable
        Boolean activeAfter();

        /** The successor of those whose rows name none; null if the option is not given. */
        default @Nullable Long transferAdminTo() {
            return null;
        }
    }

    /** @param transferAdminTo null if the option is not given */
    record Deactivate(Input input, @Nullable Long transferAdminTo) implements InputTask {

        @Override
        public Boolean activeAfter() {
            return false;
        }
    }

    record Reactivate(Input input) implements InputTask {

        @Override
        public Boolean activeAfter() {
            return true;
        }
    }

    record Reissue(Input input) implements InputTask {

        @Override
        public @Nullable Boolean activeAfter() {
            return null;
        }
    }

    /** @param which index of a completed deactivation, modulo their number; without any there is nothing to undo */
    record Undo(int which, boolean withMemberships) implements Task {}

    /** The options of a command. {@code maxUsers} and {@code maxPercent} are null if they are not given. */
    record CommandOptions(
            boolean dryRun,
            Consent consent,
            @Nullable Long maxUsers,
            @Nullable BigDecimal maxPercent,
            BigDecimal maxBadPercent,
            boolean acceptSkips,
            int chunkSize,
            int partitions) {

        private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

        /** Without a dry run and without anything that could stop the command. */
        CommandOptions unconditional() {
            return new CommandOptions(
                    false, Consent.IN_ADVANCE, null, null, HUNDRED, acceptSkips, chunkSize, partitions);
        }

        CommandOptions asPlan() {
            return new CommandOptions(
                    true, consent, maxUsers, maxPercent, maxBadPercent, acceptSkips, chunkSize, partitions);
        }

        CommandOptions withoutDryRun() {
            return new CommandOptions(
                    false, consent, maxUsers, maxPercent, maxBadPercent, acceptSkips, chunkSize, partitions);
        }
    }

    /** Whether and when the operator confirms. */
    enum Consent {
        IN_ADVANCE,
        WHEN_ASKED,
        NEVER
    }
}
