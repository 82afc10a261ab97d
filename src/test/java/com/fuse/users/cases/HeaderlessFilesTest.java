package com.fuse.users.cases;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Without a heading, only a single column of IDs or e-mail addresses is read: the program does not guess a column. */
@ExtendWith(TestPlatform.class)
class HeaderlessFilesTest {

    private final Cases cases;

    HeaderlessFilesTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void rowNumbersAreNotTakenForUserIds() {
        cases.of("1,10045,bob.stone", "2,10046,ann.field", "3,10077,carl.moor")
                .deactivate()
                .refused(65, "--no-header", "--column");
    }

    @Test
    void severalColumnsWithoutAHeadingAreRefusedWhateverTheyHold() {
        cases.refuseEach(
                cases.texts(
                        "10045,Bob Stone\n10046,Ann Field\n",
                        "10045;bob.stone@example.org\r\n10046;ann.field@example.org\r\n",
                        "bob.stone@example.org\t10045\nann.field@example.org\t10046\n",
                        "\ufeff\"10045\",\"left\"\n\"10046\",\"left\"\n"),
                "--no-header",
                "--column");
    }

    /** Any column that an option could name would drop the other users. */
    @Test
    void aListOnOneLineIsRefusedWithoutTheAdviceToNameAColumn() {
        cases.of("300,3,567,4,678").deactivate().refused(65).doesNotRecommend("--column");
    }

    @Test
    void listsOnOneLineOfAllKindsAreRefused() {
        for (CaseInput list : cases.texts(
                "10045, 10046, 10077",
                "10045;10046;10077\n",
                "10045\t10046\t10077\r\n",
                "bob.stone@example.org; ann.field@example.org; carl.moor@example.org",
                "bob.stone@example.org,ann.field@example.org,\n")) {
            list.deactivate().refused(65).doesNotRecommend("--column");
        }
    }

    @Test
    void aBlankTrailingFieldIsNotAColumn() {
        cases.of("10045,", "10046,", "10077")
                .deactivate()
                .exits(0)
                .outcomes("10045,1,DEACTIVATED", "10046,2,DEACTIVATED", "10077,3,DEACTIVATED")
                .inactive(10045, 10046, 10077);
    }

    @Test
    void otherDelimitersAndBlanksAtTheEndAreNoColumnsEither() {
        cases.of("10045;", "10046;;", "3567 ; ;").deactivate().exits(0).inactive(3567, 10045, 10046);
        cases.of("10077\t\t", "4678").deactivate().exits(0).outcomes("10077,1,DEACTIVATED", "4678,2,DEACTIVATED");
        cases.of("tom.reed@example.org;", "jos\u00e9.perez@example.org;")
                .deactivate()
                .exits(0)
                .outcomes("300,1,DEACTIVATED", "9004,2,DEACTIVATED")
                .inactive(300, 3567, 4678, 9004, 10045, 10046, 10077);
    }

    @Test
    void aValueInTheColumnThatWasBlankMakesItsRowMalformed() {
        cases.of("10045,", "3,567", "10046,left", "10077,")
                .deactivate()
                .exits(4)
                .outcomes("10045,1,DEACTIVATED", ",2,MALFORMED", ",3,MALFORMED", "10077,4,DEACTIVATED")
                .inactive(10045, 10077)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void addressesAreRecognizedAndTheFirstIsNotLost() {
        CaseInput input = cases.of("sam@googlemail.com", "bob.stone@example.org", "ann.field@example.org");

        input.deactivate("--column", "sam@googlemail.com").refused(64, "--column");
        input.deactivate()
                .exits(4)
                .outcomes(",1,NOT_FOUND", "10045,2,DEACTIVATED", "10046,3,DEACTIVATED")
                .inactive(10045, 10046)
                .message(1, "sam@googlemail.com");
    }

    @Test
    void aSingleAddressOrIdIsAWholeFile() {
        cases.ofText("bob.stone@example.org").deactivate().exits(0).outcomes("10045,1,DEACTIVATED");
        cases.ofText("\ufeff10046")
                .deactivate()
                .exits(0)
                .outcomes("10046,1,DEACTIVATED")
                .inactive(10045, 10046);
    }

    @Test
    void addressesInQuotesAndOtherCaseWithAMarkAndBlankLinesAreRecognized() {
        cases.ofText(
                        "\ufeff\r\n\" BOB.STONE@example.org \"\r\n \r\nann.field@example.org,\r\nbob.stone@example.org\r\n")
                .deactivate()
                .exits(4)
                .outcomes("10045,2,DEACTIVATED", "10046,4,DEACTIVATED", "10045,5,DUPLICATE")
                .inactive(10045, 10046);
    }

    @Test
    void anAddressInAListOfIdsIsMalformed() {
        cases.of("10045", "ann.field@example.org", "10077")
                .deactivate()
                .exits(4)
                .outcomes("10045,1,DEACTIVATED", ",2,MALFORMED", "10077,3,DEACTIVATED")
                .inactive(10045, 10077);
    }
}
