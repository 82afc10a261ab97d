package com.fuse.users.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.StringTokenizer;

/** {@code removed-memberships.csv}: the memberships that the run removed, which a reactivation does not bring back. */
final class RemovedMembershipsCsv extends OutcomeCsv {

    RemovedMembershipsCsv(Path folder) throws IOException {
        super(folder.resolve("removed-memberships.csv"), List.of("user_id", "community_id"));
    }

    @Override
    void add(OutcomeRow row) throws IOException {
        if (row.removedCommunityIds() == null) {
            return;
        }
        String userId = String.valueOf(row.userId());
        StringTokenizer communityIds = new StringTokenizer(row.removedCommunityIds());
        while (communityIds.hasMoreTokens()) {
            printNumbers(userId, communityIds.nextToken());
        }
    }
}
