package com.fuse.users.report;

import com.fuse.users.change.Outcome;
import com.fuse.users.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code skipped.csv}: the rows that somebody has to look at, itself an input once their cause is mended. Its first
 * column holds user IDs, or values that can be taken for none: an unknown username of digits would name somebody else.
 * Where the input may name successors it has their column too, because a successor may be what is to be mended.
 */
final class SkippedCsv extends OutcomeCsv {

    private static final List<String> COLUMNS = List.of("user_id", "line", "outcome", "community_ids", "message");

    private final Run run;

    SkippedCsv(Path folder, Run run) throws IOException {
        super(folder.resolve("skipped.csv"), run.namesSuccessors() ? plus(COLUMNS, "transfer_admin_to") : COLUMNS);
        this.run = run;
    }

    @Override
    void add(OutcomeRow row) throws IOException {
        if (!row.outcome().isSkip()) {
            return;
        }
        List<@Nullable Object> cells = cells(
                userId(row), row.line(), row.outcome(), Cells.joined(row.communityIds()), Cells.defused(row.message()));
        if (run.namesSuccessors()) {
            cells.add(successor(row));
        }
        print(cells);
    }

    /** Nobody is made the successor of a malformed row but whom it names. */
    private @Nullable Object successor(OutcomeRow row) {
        return row.successor() == null && row.outcome() != Outcome.MALFORMED
                ? run.options().transferAdminTo()
                : Cells.defused(row.successor());
    }

    private @Nullable Object userId(OutcomeRow row) {
        if (row.userId() != null || row.outcome() != Outcome.MALFORMED) {
            return row.userId();
        }
        boolean takenForAnother = !run.namesUsersById() && row.input().chars().allMatch(Character::isDigit);
        return takenForAnother ? null : Cells.defused(row.input());
    }
}
