package com.fuse.users.report;

import com.fuse.users.change.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code outcomes.csv}: every row, by line. The column {@code drift} says what a plan said, where it came out otherwise. */
final class OutcomesCsv extends OutcomeCsv {

    private static final List<String> COLUMNS =
            List.of("line", "input", "user_id", "outcome", "community_ids", "message");

    private final boolean withDrift;

    OutcomesCsv(Path folder, boolean withDrift) throws IOException {
        super(folder.resolve("outcomes.csv"), withDrift ? plus(COLUMNS, "drift") : COLUMNS);
        this.withDrift = withDrift;
    }

    @Override
    void add(OutcomeRow row) throws IOException {
        List<@Nullable Object> cells = cells(
                row.line(),
                Cells.defused(row.input()),
                row.userId(),
                row.outcome(),
                Cells.joined(row.communityIds()),
                Cells.defused(row.message()));
        if (withDrift) {
            cells.add(drift(row));
        }
        print(cells);
    }

    private static @Nullable String drift(OutcomeRow row) {
        Outcome planned = row.plannedOutcome();
        return planned == row.outcome() || planned == null ? null : "planned " + planned;
    }
}
