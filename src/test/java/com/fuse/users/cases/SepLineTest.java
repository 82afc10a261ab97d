package com.fuse.users.cases;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A first line that tells a spreadsheet the delimiter is honored, and is neither heading nor row. */
@ExtendWith(TestPlatform.class)
class SepLineTest {

    private final Cases cases;

    SepLineTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void aSemicolonIsTheDelimiter() {
        cases.ofText("sep=;\r\nuser_id;email\r\n10045;bob.stone@example.org\r\n")
                .deactivate()
                .exits(0)
                .outcomes("10045,3,DEACTIVATED")
                .inactive(10045);
    }

    @Test
    void aCommaOrATabIsTheDelimiter() {
        cases.ofText("sep=,\r\nuser_id,note\r\n10045,a;b\r\n")
                .deactivate()
                .exits(0)
                .outcomes("10045,3,DEACTIVATED");
        cases.ofText("\ufeffsep=\t\nemail\tnote\nann.field@example.org\tx\n")
                .deactivate()
                .exits(0)
                .outcomes("10046,3,DEACTIVATED")
                .inactive(10045, 10046);
    }

    @Test
    void aListWithoutAHeadingMayFollow() {
        cases.of("sep=;", "10045", "10046")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED")
                .inactive(10045, 10046);
    }

    @Test
    void noOtherCharacterDividesTheFieldsThen() {
        cases.of("sep=;", "user_id", "3,567", "10045")
                .deactivate()
                .exits(4)
                .outcomes(",3,MALFORMED", "10045,4,DEACTIVATED")
                .inactive(10045)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void theLineCountsInLineNumbersButIsNotARow() {
        cases.of("sep=;", "user_id;email", "10045;ann.field@example.org", "10046;")
                .deactivate("--expect-rows", "2")
                .exits(4)
                .outcomes(",3,MISMATCH", "10046,4,DEACTIVATED")
                .inactive(10046);
    }
}
