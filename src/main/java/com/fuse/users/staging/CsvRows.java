package com.fuse.users.staging;

import com.fuse.users.input.FormatDetector;
import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputFormat;
import com.fuse.users.input.InputSource;
import com.fuse.users.input.UserRecordReader;
import com.fuse.users.run.RunMonitor;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV of users.
 *
 * @param column the column that identifies users; null to find it by its name
 * @param withSuccessors whether the column {@code transfer_admin_to} means something
 */
public record CsvRows(
        InputSource input, InputDigest digest, @Nullable String column, boolean withSuccessors) implements RowSource {

    /** @throws com.fuse.users.input.InputException if the input is not a CSV of users to its end */
    @Override
    public StagedRows stage(Staging staging) throws Exception {
        RunMonitor monitor = staging.monitor();
        InputFormat format = new FormatDetector(withSuccessors).detect(input, digest, column);
        monitor.noted("Input: " + format.describe());
        monitor.taskStarted("Staging", 0, -1);
        try (UserRecordReader reader = new UserRecordReader(input, digest, format)) {
            long count = new RowCopier(monitor, staging.stop())
                    .copy(staging.connection(), staging.run().id(), reader);
            new TargetResolver(staging).resolve(format.identifier());
            boolean namesSuccessors =
                    format.successors() != null || staging.run().options().transferAdminTo() != null;
            return new StagedRows(format.describe(), format.identifier(), count, namesSuccessors);
        } finally {
            monitor.taskEnded();
        }
    }
}
