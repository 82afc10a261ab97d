package com.fuse.users.oracle;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens on a platform, one thing after the other. */
sealed interface Step {

    /** The platform does something of its own. */
    record Life(PlatformChange change) implements Step {}

    /** A command is given. */
    record Command(Task task, Manner manner) implements Step {}

    /** A command is planned, and held to its plan after something happened in between. */
    record Planned(Task task, Manner manner, List<PlatformChange> between) implements Step {}

    /** What a command asks for. */
    sealed interface Task {}

    /** @param transferAdminTo null if the option is not given */
    record Deactivate(Input input, @Nullable Long transferAdminTo) implements Task {}

    record Reactivate(Input input) implements Task {}

    record Reissue(Input input) implements Task {}

    /** @param which index of a completed deactivation, counted over them again and again; means nothing without any */
    record Undo(int which, boolean withMemberships) implements Task {}

    /** How a command is given. */
    record Manner(
            boolean dryRun,
            Consent consent,
            @Nullable Long maxUsers,
            @Nullable BigDecimal maxPercent,
            boolean acceptSkips,
            int chunkSize,
            int partitions) {

        /** In earnest, and with nothing that could stop it. */
        Manner unhindered() {
            return new Manner(false, Consent.IN_ADVANCE, null, null, acceptSkips, chunkSize, partitions);
        }

        Manner asPlan() {
            return new Manner(true, consent, maxUsers, maxPercent, acceptSkips, chunkSize, partitions);
        }

        Manner inEarnest() {
            return new Manner(false, consent, maxUsers, maxPercent, acceptSkips, chunkSize, partitions);
        }
    }

    /** Whether the operator agrees, before being asked or when. */
    enum Consent {
        IN_ADVANCE,
        WHEN_ASKED,
        NEVER
    }
}
