package com.fuse.users.cases;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A last row that is the number of the rows above it is a count, not a user. */
@ExtendWith(TestPlatform.class)
class CountedLastRowTest {

    private final Cases cases;

    CountedLastRowTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void theCountBelowAListIsNotAUser() {
        cases.of("user_id", "10045", "10046", "10077", "3")
                .deactivate()
                .exits(4)
                .outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED", "10077,4,DEACTIVATED", ",5,MALFORMED")
                .inactive(10045, 10046, 10077)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void theCountBelowAListWithoutAHeadingIsNotAUser() {
        cases.of("10045", "10046", "10077", "300", "4")
                .deactivate()
                .exits(4)
                .outcomes(
                        "10045,1,DEACTIVATED",
                        "10046,2,DEACTIVATED",
                        "10077,3,DEACTIVATED",
                        "300,4,DEACTIVATED",
                        ",5,MALFORMED")
                .inactive(300, 10045, 10046, 10077)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void theCountBelowATableIsNotAUserEvenBeforeBlankRecords() {
        cases.of(
                        "user_id,email",
                        "10045,bob.stone@example.org",
                        "10046,nobody@example.org",
                        ",",
                        "10077,",
                        "3,",
                        ",",
                        "")
                .deactivate()
                .exits(4)
                .outcomes("10045,2,DEACTIVATED", ",3,MISMATCH", "10077,5,DEACTIVATED", ",6,MALFORMED")
                .inactive(10045, 10077)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void theCountOfMoreThanNineRowsIsNotAUser() {
        cases.of("user_id", "10045", "10046", "10077", "300", "3567", "4678", "9004", "20001", "20002", "20003", "10")
                .deactivate()
                .exits(4)
                .outcomes(
                        "10045,2,DEACTIVATED",
                        "10046,3,DEACTIVATED",
                        "10077,4,DEACTIVATED",
                        "300,5,DEACTIVATED",
                        "3567,6,DEACTIVATED",
                        "4678,7,DEACTIVATED",
                        "9004,8,DEACTIVATED",
                        "20001?,9,NOT_FOUND",
                        "20002?,10,NOT_FOUND",
                        "20003?,11,NOT_FOUND",
                        ",12,MALFORMED")
                .inactive(300, 3567, 4678, 9004, 10045, 10046, 10077);
    }

    @Test
    void aRowWithMoreThanTheNumberIsAUser() {
        cases.of("user_id,username", "10045,", "10046,", "10077,", "3,by003")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED", "10077,4,DEACTIVATED", "3,5,DEACTIVATED")
                .inactive(3, 10045, 10046, 10077);
    }

    @Test
    void theNumberOfRowsInAnotherPlaceIsAUser() {
        cases.of("user_id", "10045", "10046", "10077", "3", "300")
                .deactivate()
                .exits(0)
                .outcomes(
                        "10045,2,DEACTIVATED",
                        "10046,3,DEACTIVATED",
                        "10077,4,DEACTIVATED",
                        "3,5,DEACTIVATED",
                        "300,6,DEACTIVATED")
                .inactive(3, 300, 10045, 10046, 10077);
    }

    @Test
    void anotherNumberInTheLastRowIsAUser() {
        cases.of("user_id", "10045", "10046", "4")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED", "4,4,DEACTIVATED")
                .inactive(4, 10045, 10046);
    }

    @Test
    void usersWhoAreNamedOneByOneAreNotCounted() {
        cases.run("deactivate", "--yes", "--user", "10045", "--user", "10046", "--user", "10077", "--user", "3")
                .exits(0)
                .inactive(3, 10045, 10046, 10077);
    }
}
