package com.fuse.users.report;

import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code skipped.csv}: the rows that somebody has to look at, itself an input once their cause is mended. Where no
 * user is known, the first column holds what the input held.
 */
final class SkippedCsv extends OutcomeCsv {

    SkippedCsv(Path folder) throws IOException {
        super(folder.resolve("skipped.csv"), "user_id", "line", "outcome", "community_ids", "message");
    }

    @Override
    void add(OutcomeRow row) {
        if (row.outcome().isSkip()) {
            print(
                    row.userId() == null ? defused(row.input()) : row.userId(),
                    row.line(),
                    row.outcome(),
                    joined(row.communityIds()),
                    defused(row.message()));
        }
    }
}
