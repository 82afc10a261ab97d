package com.fuse.users.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The operator may say how many rows each input must have. */
@ExtendWith(TestPlatform.class)
class ExpectedRowsTest {

    private final Cases cases;

    ExpectedRowsTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void theExpectedNumberOfRowsIsRun() {
        cases.of("user_id", "10045", "10046")
                .deactivate("--expect-rows", "2")
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED")
                .inactive(10045, 10046);
    }

    @Test
    void anyOtherNumberOfRowsChangesNobody() {
        CaseInput input = cases.of("user_id", "10045", "10046");

        input.deactivate("--expect-rows", "3").refused(65, "3", "2");
        input.deactivate("--expect-rows", "1").refused(65, "1", "2");
        input.deactivate("--expect-rows", "0").refused(65, "0", "2");
        input.plan("--expect-rows", "3").refused(65, "3", "2");
    }

    @Test
    void theOtherCommandsCheckTheNumberToo() {
        cases.inactive(10045, 10046);
        CaseInput input = cases.of("user_id", "10045", "10046");

        input.reissueCertificates("--expect-rows", "3").refused(65, "3", "2");
        input.reactivate("--expect-rows", "3").refused(65, "3", "2");
        input.reactivate("--expect-rows", "2").exits(0).inactive();
    }

    @Test
    void skippedRowsCountButBlankRecordsAndRepeatedHeadingsDoNot() {
        cases.of(
                        "user_id,email",
                        "10045,",
                        ",",
                        "user_id,email",
                        "10045,",
                        "",
                        "x,",
                        "10046,by003@example.org",
                        "999999,",
                        ",")
                .deactivate("--expect-rows", "5")
                .exits(4)
                .outcomes(
                        "10045,2,DEACTIVATED",
                        "10045,5,DUPLICATE",
                        ",7,MALFORMED",
                        ",8,MISMATCH",
                        "999999?,9,NOT_FOUND")
                .inactive(10045);
    }

    @Test
    void aHeadingAloneHasNoRows() {
        CaseInput input = cases.of("user_id");

        input.deactivate("--expect-rows", "1").refused(65, "1", "0");
        input.deactivate("--expect-rows", "0").exits(0).outcomes();
    }

    @Test
    void theNumberHoldsForEachInputAndTheOthersGoOn() {
        String shorter = cases.of("user_id", "10045").file().toString();
        String longer = cases.of("user_id", "10046", "10077").file().toString();
        String last = cases.of("user_id", "300").file().toString();

        CaseRun run = cases.run("deactivate", "--yes", "--expect-rows", "1", shorter, longer, last);

        run.exits(65).inactive(300, 10045);
        assertThat(run.result().err().lines()).singleElement().asString().contains(longer);
    }

    @Test
    void aNumberThatIsNoneIsAWrongCommand() {
        CaseInput input = cases.of("user_id", "10045");

        input.deactivate("--expect-rows", "many").refused(64, "--expect-rows");
        input.deactivate("--expect-rows=-1").refused(64, "--expect-rows");
    }
}
