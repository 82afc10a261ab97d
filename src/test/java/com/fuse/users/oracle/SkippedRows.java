package com.fuse.users.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.csv.ColumnChoice;
import com.fuse.users.job.RunEnd;
import com.fuse.users.oracle.Action.CommandOptions;
import com.fuse.users.oracle.Action.Consent;
import com.fuse.users.oracle.Action.InputTask;
import com.fuse.users.oracle.RunRecord.Recorded;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives a run's {@code skipped.csv} to the same command before any cause is fixed. Nobody is changed, and a row that names
 * nobody, because it is malformed or contradicts itself, still names nobody.
 */
record SkippedRows(Program program, InputTask task, CommandOptions options) {

    void repeat(long run, ExpectedRun expectedRun) {
        List<ExpectedOutcome> skips = expectedRun.byLine().values().stream()
                .filter(ExpectedOutcome::isSkip)
                .toList();
        if (skips.isEmpty()) {
            return;
        }
        Platform before = PlatformTables.read(program.owner());
        Path skipped = program.reportDir().resolve("run-" + run).resolve("skipped.csv");
        RunEnd end = new Commands(program, options, null, new RecordedConfirmation(Consent.IN_ADVANCE))
                .run(task, skipped, ColumnChoice.NONE);
        Platform after = PlatformTables.read(program.owner());
        assertThat(after.minus(before))
                .as("rows that skipped.csv adds or changes")
                .isEqualTo(Map.of());
        assertThat(before.minus(after)).as("rows that skipped.csv removes").isEqualTo(Map.of());
        List<Recorded> repeated =
                new RunRecord(program, Objects.requireNonNull(end.run()).id()).read();
        assertThat(repeated).as("rows of skipped.csv").hasSameSizeAs(skips);
        for (int i = 0; i < skips.size(); i++) {
            String outcome = skips.get(i).outcome();
            if (outcome.equals("MALFORMED") || outcome.equals("MISMATCH")) {
                assertThat(repeated.get(i).userId())
                        .as("user of %s in skipped.csv", skips.get(i))
                        .isNull();
            }
            if (outcome.equals("MISMATCH") && task.input().identifying().size() > 1) {
                assertThat(repeated.get(i).outcome())
                        .as("outcome of %s in skipped.csv", skips.get(i))
                        .isEqualTo("MISMATCH");
            }
        }
    }
}
