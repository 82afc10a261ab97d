package com.fuse.users.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import com.fuse.users.job.RunStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The result of a run whose processes are interrupted, compared with the baseline.
 *
 * @param reports the report directory of the processes
 */
record CrashResult(Baseline baseline, TestDatabase database, FuseUsers fuseUsers, Path reports) {

    private static final String RUN = "run-1";

    /** Compares every result with the baseline. */
    void assertComplete() throws IOException {
        assertThat(baseline.platform(database)).isEqualTo(baseline.platform());
        assertThat(World.in(database).texts("""
                        select concat_ws(' ', line, outcome, coalesce(user_id::text, 'null'),
                                         '[' || coalesce(array_to_string(community_ids, ', '), '') || ']')
                        from fuse_batch.run_outcomes
                        order by line
                        """)).isEqualTo(baseline.outcomes());
        assertThat(RunStates.of(fuseUsers)).containsExactly("1 COMPLETED");
        assertOneReport();
    }

    /** Each user is either unchanged or changed completely, and each file is either whole or not there. */
    void assertNothingIsHalfDone() throws IOException {
        assertThat(new PartialChanges(World.in(database)).partlyChanged()).isEmpty();
        assertThat(new TransactionLog(World.in(database)).contradictions()).isEmpty();
        assertNoFileIsPartlyWritten();
    }

    private void assertNoFileIsPartlyWritten() throws IOException {
        List<String> files = Files.exists(reports.resolve(RUN)) ? names(reports.resolve(RUN)) : List.of();
        for (String file : files.stream().filter(name -> name.endsWith(".csv")).toList()) {
            assertThat(rows(fuseUsers, file)).as(file).isEqualTo(rows(baseline.uninterrupted(), file));
        }
        if (files.contains("report.html")) {
            assertThat(fuseUsers.reportText(1, "report.html")).endsWith("</html>\n");
        }
        if (files.contains("summary.json")) {
            assertThat(figures(fuseUsers)).isEqualTo(figures(baseline.uninterrupted()));
        }
    }

    /** The lines of a file without the times of the decisions. */
    private static List<String> rows(FuseUsers fuseUsers, String file) {
        return file.equals("outcomes.csv") ? fuseUsers.outcomes(1) : fuseUsers.report(1, file);
    }

    private void assertOneReport() throws IOException {
        assertThat(names(reports)).containsExactly(RUN);
        assertThat(names(reports.resolve(RUN)))
                .isEqualTo(names(baseline.reports().resolve(RUN)));
        assertNoFileIsPartlyWritten();
    }

    /** The summary without the name of the test's database, and what depends on time and attempts. */
    private static Map<String, Object> figures(FuseUsers fuseUsers) {
        Map<String, Object> figures = fuseUsers.summary(1);
        figures.keySet()
                .removeAll(List.of(
                        "database",
                        "by",
                        "attempts",
                        "attempt_figures",
                        "seconds",
                        "rows_per_second",
                        "rows_per_second_without_waits",
                        "waits",
                        "started_at",
                        "ended_at"));
        return figures;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
