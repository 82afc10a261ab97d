package com.fuse.users.check;

import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.csv.FormatDetector;
import com.fuse.users.csv.InputFormat;
import com.fuse.users.csv.UserRecord;
import com.fuse.users.csv.UserRecordReader;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputException;
import com.fuse.users.input.InputSource;
import com.fuse.users.preflight.BadRows;
import com.fuse.users.run.request.RowLimits;
import com.fuse.users.text.Counts;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads inputs to their end as a run of {@code deactivate} does: a quote that is never closed may be on the last line.
 * Does not ask the database whether their users exist.
 */
public record InputCheck(ColumnChoice columns, RowLimits limits) {

    private static final String ITEM = "input";

    /** The format and the rows of an input, or the message with which a run would refuse it. */
    public CheckResult of(InputSource input) {
        try {
            InputDigest digest = InputDigest.of(input);
            InputFormat format = new FormatDetector(columns, true, true).detect(input, digest);
            return read(input, digest, format);
        } catch (InputException e) {
            return CheckResult.failed(ITEM, String.valueOf(e.getMessage()));
        }
    }

    private CheckResult read(InputSource input, InputDigest digest, InputFormat format) {
        long rows = 0;
        BadRows bad = new BadRows(0, 0, null);
        List<String> notes;
        try (UserRecordReader reader = new UserRecordReader(input, digest, format)) {
            for (UserRecord row = reader.read(); row != null; row = reader.read()) {
                rows++;
                bad = plus(bad, row);
            }
            notes = reader.notes();
        } catch (IOException e) {
            throw input.cannotBeRead(e);
        }
        refuse(input, BadRows.objectionToCount(rows, limits));
        refuse(input, bad.objection(rows, limits));
        StringBuilder text = new StringBuilder(input.name())
                .append(": ")
                .append(format.describe())
                .append("; ")
                .append(Counts.of(rows, "row"));
        notes.forEach(note -> text.append("; ").append(note));
        if (bad.count() == 0) {
            return CheckResult.ok(ITEM, text.toString());
        }
        text.append("; %s malformed, the first on line %d: %s"
                .formatted(Counts.figure(bad.count()), bad.firstLine(), bad.firstMessage()));
        return CheckResult.warning(ITEM, text.toString());
    }

    /** A row with swallowed lines does not count: only the database knows whether one of these lines names a user. */
    private static BadRows plus(BadRows bad, UserRecord row) {
        if (row.problem() == null || !row.swallowed().isEmpty()) {
            return bad;
        }
        return bad.count() == 0
                ? new BadRows(1, row.line(), row.problem())
                : new BadRows(bad.count() + 1, bad.firstLine(), bad.firstMessage());
    }

    private static void refuse(InputSource input, @Nullable String objection) {
        if (objection != null) {
            throw InputException.unreadable(input.name(), objection);
        }
    }
}
