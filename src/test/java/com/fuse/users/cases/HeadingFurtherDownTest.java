package com.fuse.users.cases;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A repetition of the heading is not a row; a different heading ends the trust in the whole file. */
@ExtendWith(TestPlatform.class)
class HeadingFurtherDownTest {

    private final Cases cases;

    HeadingFurtherDownTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void theSameHeadingAgainIsNotARow() {
        cases.of("user_id,email", "10045,bob.stone@example.org", "user_id,email", "10046,ann.field@example.org")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,4,DEACTIVATED")
                .inactive(10045, 10046)
                .prints("1", "heading");
    }

    /** What {@code cat *.csv} makes of files with byte order marks. */
    @Test
    void theHeadingsOfFilesThatWereJoinedAreNotRows() {
        cases.ofText("\ufeffuser_id\r\n10045\r\n\ufeffuser_id\r\n10046\r\n\ufeffuser_id\r\n10077\r\n")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,4,DEACTIVATED", "10077,6,DEACTIVATED")
                .inactive(10045, 10046, 10077)
                .prints("2", "heading");
    }

    /** A report that prints its heading on top of every page. */
    @Test
    void theHeadingOfEveryPageIsNotARow() {
        cases.of(
                        "User ID;Name;",
                        "10045;Bob",
                        ";;",
                        "User ID;Name;",
                        "10046;Ann",
                        ";;",
                        "USER_ID ; name",
                        "User-ID;Name;;")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,5,DEACTIVATED")
                .inactive(10045, 10046)
                .prints("3", "heading");
    }

    @Test
    void theHeadingOfUsernamesAgainIsNotAnUnknownUser() {
        cases.of("username", "bob.stone", "Username", "ann.field", "username")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,4,DEACTIVATED")
                .inactive(10045, 10046)
                .prints("2", "heading");
    }

    @Test
    void aDifferentHeadingFurtherDownIsRefused() {
        cases.of("user_id,score", "10045,12", "score,user_id", "12,10046")
                .deactivate()
                .refused(65, "3");
    }

    @Test
    void aHeadingOfMoreColumnsFurtherDownIsRefused() {
        cases.of("user_id", "10045", "user_id,email", "10046,ann.field@example.org")
                .deactivate()
                .refused(65, "3");
    }

    @Test
    void aHeadingOfAnotherIdentifierFurtherDownIsRefused() {
        cases.of("username", "bob.stone", "ann.field", "E-Mail", "carl.moor@example.org")
                .deactivate()
                .refused(65, "4");
    }

    @Test
    void aSecondTableBelowTheFirstIsRefused() {
        cases.of(
                        "user_id,email,",
                        "10045,bob.stone@example.org,",
                        ",,",
                        ",,",
                        "Login,User ID,E-Mail",
                        "ann.field,3,ann.field@example.org")
                .deactivate()
                .refused(65, "5");
    }

    @Test
    void aDifferentHeadingIsRefusedByThePlanAndTheOtherCommandsToo() {
        cases.inactive(10045);
        CaseInput input = cases.of("user_id,score", "10045,12", "score,user_id", "12,10045");

        input.plan().refused(65, "3");
        input.reactivate().refused(65, "3");
        input.reissueCertificates().refused(65, "3");
    }
}
