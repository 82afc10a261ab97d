package com.fuse.users.cases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A report of the program is not an input, because its rows do not say what its reader wants. */
@ExtendWith(TestPlatform.class)
class OwnReportsTest {

    private final Cases cases;

    OwnReportsTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    private CaseRun completedRun() {
        return cases.of("user_id,email", "10045,", "10046,by003@example.org", "999999,")
                .deactivate()
                .exits(4);
    }

    @Test
    void theOutcomesOfARunAreRefusedAndTheMessageNamesTheCommandThatIsMeant() {
        CaseInput outcomes = report(completedRun(), "outcomes.csv");

        outcomes.reactivate().refused(65, "undo");
        outcomes.deactivate().refused(65, "undo");
        outcomes.deactivate("--column", "user_id").refused(65, "undo");
        outcomes.reissueCertificates().refused(65);
    }

    @Test
    void theRemovedMembershipsAreRefused() {
        cases.world().member(10045, 3);
        CaseInput memberships = report(completedRun(), "removed-memberships.csv");

        memberships.reactivate().refused(65, "undo");
        memberships.deactivate().refused(65, "undo");
    }

    @Test
    void aCopyThatASpreadsheetSavedIsRefusedToo() throws IOException {
        String outcomes =
                Files.readString(report(completedRun(), "outcomes.csv").file());
        String copy = "\ufeff" + outcomes.replace(',', ';').replace("\n", "\r\n");

        cases.ofText(outcomes).reactivate().refused(65, "undo");
        cases.named("to reactivate.csv", copy.getBytes(UTF_8)).reactivate().refused(65, "undo");
    }

    @Test
    void theOutcomesOfAPlanAndOfARunWithAPlanAreRefused() {
        CaseInput input = cases.of("user_id", "10045", "999999");
        CaseRun plan = input.plan().exits(4);
        report(plan, "outcomes.csv").deactivate().refused(65);

        CaseRun run = input.deactivate("--plan", String.valueOf(plan.number())).exits(4);

        report(run, "outcomes.csv").reactivate().refused(65, "undo");
    }

    @Test
    void theReportOnCommunitiesIsRefused() {
        Path communities = cases.folder().resolve("communities.csv");
        cases.run("communities", "--output", communities.toString()).exits(0);
        CaseInput input = new CaseInput(cases, communities);

        input.deactivate().refused(65);
        input.deactivate("--column", "admin_ids").refused(65);
    }

    @Test
    void onlyTheSkippedRowsOfAReportFolderAreRun() {
        CaseRun run = completedRun();
        cases.person(999999, "late.hire", "late@example.org");

        CaseRun folder = cases.run(
                "deactivate",
                "--yes",
                report(run, "skipped.csv").file().resolveSibling("").toString());

        folder.exits(65).inactive(10045, 999999);
        assertThat(folder.result().err().lines().filter(line -> line.contains("outcomes.csv")))
                .hasSize(1);
        assertThat(folder.result().err().lines().filter(line -> line.contains("removed-memberships.csv")))
                .hasSize(1);
    }

    private CaseInput report(CaseRun run, String file) {
        return new CaseInput(cases, cases.report(run.number(), file));
    }
}
