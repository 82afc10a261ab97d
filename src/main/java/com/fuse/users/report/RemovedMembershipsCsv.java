package com.fuse.users.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code removed-memberships.csv}: the memberships that the run removed, which a reactivation does not bring back. */
final class RemovedMembershipsCsv extends OutcomeCsv {

    RemovedMembershipsCsv(Path folder) throws IOException {
        super(folder.resolve("removed-memberships.csv"), List.of("user_id", "community_id"));
    }

    @Override
    void add(OutcomeRow row) {
        for (Long communityId : row.removedCommunityIds()) {
            print(cells(row.userId(), communityId));
        }
    }
}
