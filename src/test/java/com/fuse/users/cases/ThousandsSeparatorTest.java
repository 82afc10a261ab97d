package com.fuse.users.cases;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user ID that may be the beginning or the end of a longer number changes nobody. */
@ExtendWith(TestPlatform.class)
class ThousandsSeparatorTest {

    private final Cases cases;

    ThousandsSeparatorTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void aNumberInTwoGroupsThatFitsTheHeadingIsMalformed() {
        cases.of("user_id,", "3,567", "10,045")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", ",3,MALFORMED")
                .inactive()
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void aShortIdBeforeAFieldOfThreeDigitsMayBeOneNumber() {
        cases.of("user_id,score", "3,567", "12,004", "678,100", "10045,100")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", ",3,MALFORMED", ",4,MALFORMED", "10045,5,DEACTIVATED")
                .inactive(10045)
                .message(2, "quote")
                .message(4, "quote")
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void aNumberInThreeGroupsThatFitsTheHeadingIsMalformed() {
        cases.of("user_id,score,level", "1,004,567", "4,678,", "10045,7,8")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", ",3,MALFORMED", "10045,4,DEACTIVATED")
                .inactive(10045)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void aNumberThatDoesNotFitTheHeadingIsMalformed() {
        cases.of("user_id", "3,567", "10,045", "1,004,567", "10077")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", ",3,MALFORMED", ",4,MALFORMED", "10077,5,DEACTIVATED")
                .inactive(10077)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void aNumberWithAnySeparatorInOneFieldIsMalformed() {
        cases.of("user_id;name", "\"3,567\";Lena", "3.567;Lena", "3'567;Lena", "3\u202f567;Lena", "10045;Bob")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", ",3,MALFORMED", ",4,MALFORMED", ",5,MALFORMED", "10045,6,DEACTIVATED")
                .inactive(10045)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void aListWithoutAHeadingIsNotReadInGroups() {
        cases.of("300", "3,567", "10,045", "10077")
                .deactivate()
                .exits(4)
                .outcomes("300,1,DEACTIVATED", ",2,MALFORMED", ",3,MALFORMED", "10077,4,DEACTIVATED")
                .inactive(300, 10077)
                .skipsChangeNobodyIfRunAgain();
        cases.of("3,567", "10,045").deactivate().refused(65);
    }

    @Test
    void quotesAroundTheIdMakeItCertain() {
        cases.of("user_id,score", "\"300\",567", "\"10045\",100")
                .deactivate()
                .exits(0)
                .outcomes("300,2,DEACTIVATED", "10045,3,DEACTIVATED")
                .inactive(300, 10045);
    }

    @Test
    void otherNumbersAfterAnIdAreNoGroupOfIt() {
        cases.of("user_id,score", "300,56", "3567,100", "4678,1000")
                .deactivate()
                .exits(0)
                .outcomes("300,2,DEACTIVATED", "3567,3,DEACTIVATED", "4678,4,DEACTIVATED")
                .inactive(300, 3567, 4678);
    }

    @Test
    void aValueUnderABlankHeadingMakesItsRowMalformed() {
        cases.of("user_id,,name", "10045,,Bob", "10046,x,Ann", "10077, ,Carl", "3567,\"\"")
                .deactivate()
                .exits(4)
                .outcomes("10045,2,DEACTIVATED", ",3,MALFORMED", "10077,4,DEACTIVATED", "3567,5,DEACTIVATED")
                .inactive(3567, 10045, 10077);
    }
}
