package com.fuse.users.report;

import com.fuse.users.outcome.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code skipped.csv}: the rows that somebody has to look at, itself an input once their cause is mended. Its first
 * column holds user IDs, or values that can be taken for none: an unknown username of digits would name somebody else.
 */
final class SkippedCsv extends OutcomeCsv {

    SkippedCsv(Path folder) throws IOException {
        super(folder.resolve("skipped.csv"), "user_id", "line", "outcome", "community_ids", "message");
    }

    @Override
    void add(OutcomeRow row) {
        if (row.outcome().isSkip()) {
            print(userId(row), row.line(), row.outcome(), joined(row.communityIds()), defused(row.message()));
        }
    }

    private static @Nullable Object userId(OutcomeRow row) {
        if (row.userId() == null && row.outcome() == Outcome.MALFORMED) {
            return defused(row.input());
        }
        return row.userId();
    }
}
