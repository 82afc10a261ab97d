package com.fuse.users.staging;

import com.fuse.users.input.ColumnChoice;
import com.fuse.users.input.FormatDetector;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputFormat;
import com.fuse.users.input.InputSource;
import com.fuse.users.input.UserRecordReader;
import com.fuse.users.run.RunMonitor;
import com.fuse.users.run.StagedInput;
import com.fuse.users.staging.RowCopier.Copied;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV of users.
 *
 * @param columns which columns count
 * @param withSuccessors whether the column {@code transfer_admin_to} names successors
 * @param activeAfter the state that the command gives its users; a row that claims another one is not for this command.
 *     Null if it gives none
 */
public record CsvRows(
        InputSource input,
        InputDigest digest,
        ColumnChoice columns,
        boolean withSuccessors,
        @Nullable Boolean activeAfter)
        implements RowSource {

    /** @throws com.fuse.users.input.InputException if the input is not a CSV of users to its end */
    @Override
    public StagedInput stage(Staging staging) throws Exception {
        RunMonitor monitor = staging.monitor();
        InputFormat format = new FormatDetector(columns, withSuccessors, activeAfter != null).detect(input, digest);
        monitor.noted("Input: " + format.describe());
        monitor.taskStarted("Staging", 0, -1);
        Copied copied;
        try (UserRecordReader reader = new UserRecordReader(input, digest, format)) {
            copied = new RowCopier(format, monitor, staging.stop())
                    .copy(staging.connection(), staging.run().id(), reader);
            new TargetResolver(staging, format, activeAfter).resolve(copied.swallowed());
        } finally {
            monitor.taskEnded();
        }
        copied.notes().forEach(note -> monitor.noted("Note: " + note));
        return new StagedInput(
                format.describe(),
                copied.notes(),
                format.identifiers(),
                format.statesActive(),
                copied.rows(),
                format.namesSuccessors() || staging.run().options().transferAdminTo() != null);
    }
}
