package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;

/** The result of a deactivation of a {@link Crowd} as run 1, whatever interrupted it. */
final class CompletedRun {

    private CompletedRun() {}

    /** Every user is deactivated and has one outcome, every row was deleted once, and the report says the same. */
    static void assertCompletedOnce(Crowd crowd, FuseUsers fuseUsers) {
        assertThat(crowd.deactivated()).isEqualTo(Crowd.ids(1, crowd.size()));
        assertThat(crowd.recordedOutcomes(1)).isEqualTo(Crowd.outcomes(1, crowd.size()));
        assertThat(crowd.recordedDeletions(1))
                .containsExactlyInAnyOrderElementsOf(Crowd.deletions(crowd.size(), crowd.size()));
        assertThat(fuseUsers.outcomes(1)).hasSize(crowd.size() + 1).containsAll(Crowd.outcomes(1, crowd.size()));
        assertThat(fuseUsers.report(1, "removed-memberships.csv")).isEqualTo(Crowd.removedMemberships(1, crowd.size()));
        assertThat(fuseUsers.summary(1)).containsEntry("exit_code", 0);
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 COMPLETED");
    }
}
