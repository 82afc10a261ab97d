package com.fuse.users.report;

import java.io.IOException;
import java.nio.file.Path;

/** {@code outcomes.csv}: every row, by line. */
final class OutcomesCsv extends OutcomeCsv {

    OutcomesCsv(Path folder) throws IOException {
        super(folder.resolve("outcomes.csv"), "line", "input", "user_id", "outcome", "community_ids", "message");
    }

    @Override
    void add(OutcomeRow row) {
        print(
                row.line(),
                defused(row.input()),
                row.userId(),
                row.outcome(),
                joined(row.communityIds()),
                defused(row.message()));
    }
}
