package com.fuse.users.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * {@code removed-memberships.csv}: the memberships that the run removed, which a reactivation does not bring back. There
 * are several a user, and they are numbers alone, so the database makes the lines.
 */
final class RemovedMembershipsCsv implements AutoCloseable {

    private final ReportFile file;

    RemovedMembershipsCsv(Path folder) throws IOException {
        this.file = new ReportFile(folder.resolve("removed-memberships.csv"));
        file.writer().write("user_id,community_id\n");
    }

    void add(OutcomeRow row) {
        String lines = row.removedMemberships();
        if (lines != null) {
            try {
                file.writer().write(lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void publish() throws IOException {
        file.publish();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
