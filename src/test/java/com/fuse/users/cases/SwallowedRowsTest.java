package com.fuse.users.cases;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stray quote must not make later rows part of a field. */
@ExtendWith(TestPlatform.class)
class SwallowedRowsTest {

    private final Cases cases;

    SwallowedRowsTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void aQuoteThatSwallowsRowsMakesItsRowMalformedAndNamesThem() {
        cases.of("user_id,note", "10045,\"left", "3567,ok", "4678,ok", "10046,moved\"", "10077,ok")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", "10077,6,DEACTIVATED")
                .inactive(10077)
                .message(2, "3", "5")
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void usernamesAreSwallowedLikeIds() {
        cases.of("username,note", "bob.stone,\"left", "ann.field,x", "carl.moor,y\"", "lena.holt,z")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", "3567,5,DEACTIVATED")
                .inactive(3567)
                .message(2, "3", "4")
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void addressesAreSwallowedLikeIds() {
        cases.ofText("note;email\r\nx;tom.reed@example.org\r\n\"left;bob.stone@example.org\r\n"
                        + "x;ANN.FIELD@example.org\r\ny\";carl.moor@example.org\r\n")
                .deactivate()
                .exits(4)
                .outcomes("300,2,DEACTIVATED", ",3,MALFORMED")
                .inactive(300)
                .message(3, "4")
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void twoStrayQuotesJoinTwoRows() {
        cases.of("user_id,note", "10045,\"left", "10046,left\"", "10077,left")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", "10077,4,DEACTIVATED")
                .inactive(10077)
                .message(2, "3")
                .skipsChangeNobodyIfRunAgain();
    }

    /** A form wrote a single quote into every empty note. */
    @Test
    void aRowWithABlankLastFieldIsSwallowedLikeOthers() {
        cases.of("user_id,note", "10045,\"", "3567,\"", "10077,ok")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", "10077,4,DEACTIVATED")
                .inactive(10077)
                .message(2, "3");
    }

    @Test
    void aListThatWasPastedIntoOneCellIsMalformed() {
        cases.of("user_id", "\"10045", "10046", "10077\"", "3567")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", "3567,5,DEACTIVATED")
                .inactive(3567)
                .message(2, "3", "4")
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void aSwallowedRowOfAnUnknownIdCountsToo() {
        cases.of("note,user_id", "\"left", "x,777777", "y\",10045", "z,10046")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", "10046,5,DEACTIVATED")
                .inactive(10046)
                .message(2, "3");
    }

    @Test
    void aSwallowedRowAfterALongHarmlessTextIsFound() {
        cases.of("user_id,note", "10045,\"" + "see below\n".repeat(500) + "10046,moved\"", "10077,ok")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", "10077,503,DEACTIVATED")
                .inactive(10077)
                .message(2, "502");
    }

    @Test
    void anAddressOfSeveralLinesIsHarmlessAndReported() {
        cases.of("user_id,address", "10045,\"12 Main Street", "Springfield, IL\"")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED")
                .inactive(10045)
                .prints("2", "3", "line");
    }

    @Test
    void aLineOfFewerFieldsThanTheHeadingIsNotARow() {
        cases.of("user_id,address,city", "10045,\"Flat 3", "10046", "Main Street, 12\",Springfield", "10077,x,y")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10077,5,DEACTIVATED")
                .inactive(10045, 10077)
                .prints("2", "4", "line");
    }

    @Test
    void aLineWhoseValueIsNoIdIsNotARow() {
        cases.of("user_id,note", "10045,\"1st,left", "-5,degrees", "12.5,hours", "\"", "10046,\"\"\"quoted\"\"\"")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,6,DEACTIVATED")
                .inactive(10045, 10046)
                .prints("2", "5", "line");
    }

    @Test
    void aLineThatHoldsNoExistingUsernameIsNotARow() {
        cases.of("username,note", "bob.stone,\"Dear Bob,", "thank you, and", "good bye, see you\"", "ann.field,x")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,5,DEACTIVATED")
                .inactive(10045, 10046)
                .prints("2", "4", "line");
    }
}
