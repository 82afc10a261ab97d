package com.fuse.users.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records of only blank fields, blank fields at the end and the end-of-file mark of old systems are not rows. */
@ExtendWith(TestPlatform.class)
class BlankRecordsTest {

    private final Cases cases;

    BlankRecordsTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void blankRecordsAreCountedAndAreNotRows() {
        cases.ofText("user_id,username,email\r\n10045,bob.stone,bob.stone@example.org\r\n" + ",,\r\n".repeat(1247)
                        + " , ,\t\r\n")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED")
                .inactive(10045)
                .prints("1,248", "blank");
    }

    @Test
    void blankRecordsOfBlanksAndQuotesAreCountedToo() {
        cases.of("user_id;email", "10045;", ";", " ; ", "\u00a0;\u00a0", "\"\";\"\"", "\" \";", "10046;")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,8,DEACTIVATED")
                .inactive(10045, 10046)
                .prints("5", "blank");
    }

    @Test
    void blankRecordsMayPrecedeTheHeading() {
        cases.of(",,", " , , ", "user_id,username,email", "10045,bob.stone,", ",,")
                .deactivate()
                .exits(0)
                .outcomes("10045,4,DEACTIVATED")
                .inactive(10045)
                .prints("3", "blank");
    }

    @Test
    void blankRecordsInAListWithoutAHeadingAreNotRows() {
        cases.of("10045,", ",", "10046,", ",,", "10077")
                .deactivate()
                .exits(0)
                .outcomes("10045,1,DEACTIVATED", "10046,3,DEACTIVATED", "10077,5,DEACTIVATED")
                .inactive(10045, 10046, 10077)
                .prints("2", "blank");
    }

    @Test
    void aHeadingWithBlankRecordsOnlyIsARunOfNoRows() {
        cases.of("user_id\tusername", "\t", "\t\t", "\t")
                .deactivate()
                .exits(0)
                .outcomes()
                .inactive();
    }

    @Test
    void aRecordWithAnyValueIsARow() {
        cases.of("user_id,email,name", ",,Bob Stone", "10045,,")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", "10045,3,DEACTIVATED")
                .inactive(10045)
                .doesNotPrint("blank");
    }

    @Test
    void blankFieldsAfterTheLastColumnAreNotFields() {
        cases.of("user_id,email", "10045,bob.stone@example.org,,", "10046,ann.field@example.org,")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED")
                .inactive(10045, 10046);
    }

    @Test
    void blankHeadingsAndOtherDelimitersAtTheEndAreNoFieldsEither() {
        cases.of("user_id;name;;;", "10045;Bob;;;", "10046;Ann", "10077;;;;;;")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED", "10077,4,DEACTIVATED");
        cases.of("email\t", "tom.reed@example.org\t \t", "lena.holt@example.org\t\"\"\t\u00a0")
                .deactivate()
                .exits(0)
                .outcomes("300,2,DEACTIVATED", "3567,3,DEACTIVATED")
                .inactive(300, 3567, 10045, 10046, 10077);
    }

    @Test
    void aValueAfterBlankFieldsIsAField() {
        cases.of("user_id,email", "10045,bob.stone@example.org,,x", "10046,,,", "10077,\"\",\"y\"")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", "10046,3,DEACTIVATED", ",4,MALFORMED")
                .inactive(10046)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void theEndOfFileMarkIsNotARow() {
        cases.ofText("user_id\r\n10045\r\n10046\r\n\u001a")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED")
                .inactive(10045, 10046);
    }

    @Test
    void repeatedMarksAndAMarkWithALineEndAreNotRows() {
        cases.ofText("user_id,email\r\n10045,\r\n\u001a\r\n")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED");
        cases.ofText("email\r\nann.field@example.org\r\n" + "\u001a".repeat(128))
                .deactivate()
                .exits(0)
                .outcomes("10046,2,DEACTIVATED");
        cases.ofText("10077\r\n300\r\n\u001a")
                .deactivate()
                .exits(0)
                .outcomes("10077,1,DEACTIVATED", "300,2,DEACTIVATED")
                .inactive(300, 10045, 10046, 10077);
    }

    /** Old systems stop reading there, so a joined file would lose its second half. */
    @Test
    void rowsBelowAnEndOfFileMarkAreNotLost() {
        CaseRun run = cases.ofText("user_id\r\n10045\r\n\u001a\r\n10046\r\n").deactivate();

        run.inactive(10045, 10046);
        assertThat(run.cells("outcomes.csv", "user_id", "line", "outcome"))
                .contains("10045,2,DEACTIVATED", "10046,4,DEACTIVATED");
    }
}
