package com.fuse.users.cases;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** For a file without a heading, the operator says where the identifiers are and what they are. */
@ExtendWith(TestPlatform.class)
class NoHeaderOptionTest {

    private static final String[] USERNAMES = {"--no-header", "--column", "1", "--identifier", "username"};

    private final Cases cases;

    NoHeaderOptionTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void usernamesWithoutAHeadingAreReadWithTheRecommendedOptions() {
        CaseInput input = cases.of("bob.stone", "ann.field");

        input.deactivate().refused(65, "--no-header", "--column", "--identifier");
        input.deactivate(USERNAMES)
                .exits(0)
                .outcomes("10045,1,DEACTIVATED", "10046,2,DEACTIVATED")
                .inactive(10045, 10046);
    }

    @Test
    void otherListsOfNamesWithoutAHeadingGetTheSameAdvice() {
        cases.refuseEach(
                cases.texts(
                        "tom.reed\r\nlena.holt\r\nigor.webb\r\n",
                        "\ufeffjos\u00e9.perez\ncarl.moor\n",
                        "\"bob.stone\"\n\"ann.field\"\n"),
                "--no-header",
                "--identifier");
    }

    @Test
    void anyColumnMayHoldTheIdentifiers() {
        CaseInput input = cases.of("1,10045,ann.field,carl.moor@example.org", "2,10046,tom.reed,lena.holt@example.org");

        input.plan("--no-header", "--column", "2", "--identifier", "user_id")
                .exits(0)
                .outcomes("10045,1,DEACTIVATED", "10046,2,DEACTIVATED");
        input.plan("--no-header", "--column", "3", "--identifier", "username")
                .exits(0)
                .outcomes("10046,1,DEACTIVATED", "300,2,DEACTIVATED");
        input.deactivate("--no-header", "--column", "4", "--identifier", "email")
                .exits(0)
                .outcomes("10077,1,DEACTIVATED", "3567,2,DEACTIVATED")
                .inactive(3567, 10077);
    }

    @Test
    void usernamesOfDigitsAreNotUserIds() {
        cases.person(9100, "10045", "digits@example.org");

        cases.of("10045", "10046")
                .deactivate(USERNAMES)
                .exits(4)
                .outcomes("9100,1,DEACTIVATED", ",2,NOT_FOUND")
                .inactive(9100)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void aRecordWithMoreFieldsThanTheFirstIsMalformed() {
        cases.of("10045,left", "3,567,left", "300,567", "10046")
                .deactivate("--no-header", "--column", "1", "--identifier", "user_id")
                .exits(4)
                .outcomes("10045,1,DEACTIVATED", ",2,MALFORMED", ",3,MALFORMED", "10046,4,DEACTIVATED")
                .inactive(10045, 10046)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void aColumnThatIsNoPositionIsAWrongCommand() {
        CaseInput input = cases.of("bob.stone,10045");

        for (String column : new String[] {"0", "-1", "username", "1.5"}) {
            input.deactivate("--no-header", "--column=" + column, "--identifier", "username")
                    .refused(64, "--column");
        }
        input.deactivate("--no-header", "--column", "1", "--identifier", "name").refused(64, "--identifier");
    }

    @Test
    void theOtherCommandsTakeTheOptionsToo() {
        cases.inactive(10045, 10046);
        CaseInput input = cases.of("bob.stone", "ann.field");

        input.reissueCertificates(USERNAMES).exits(4).outcomes("10045,1,INACTIVE", "10046,2,INACTIVE");
        input.reactivate(USERNAMES)
                .exits(0)
                .outcomes("10045,1,REACTIVATED", "10046,2,REACTIVATED")
                .inactive();
    }
}
