package com.fuse.users.cases;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A last line without a line end may be the beginning of another row, so the program says that it is there. */
@ExtendWith(TestPlatform.class)
class TruncatedFileTest {

    private final Cases cases;

    TruncatedFileTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void aLastLineThatWasCutOffIsStatedOnTheScreenAndInTheReport() {
        CaseInput input = cases.ofText("user_id\n10046\n1004");

        input.deactivate("--expect-rows", "3").refused(65, "3", "2");
        input.deactivate()
                .exits(0)
                .outcomes("10046,2,DEACTIVATED", "1004,3,DEACTIVATED")
                .inactive(1004, 10046)
                .prints("line end")
                .reports("line end");
    }

    @Test
    void itIsStatedForEveryKindOfLineEnd() {
        cases.ofText("user_id\r\n10045\r\n1004")
                .plan()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "1004,3,DEACTIVATED")
                .prints("line end");
        cases.ofText("user_id\r10045\r1004").plan().exits(0).prints("line end");
        cases.ofText("10045\n10046")
                .plan()
                .exits(0)
                .outcomes("10045,1,DEACTIVATED", "10046,2,DEACTIVATED")
                .prints("line end");
    }

    @Test
    void anAddressThatWasCutOffIsNotFoundAndTheLineIsStated() {
        cases.ofText("email\nbob.stone@example.org\nann.field@exam")
                .deactivate()
                .exits(4)
                .outcomes("10045,2,DEACTIVATED", ",3,NOT_FOUND")
                .inactive(10045)
                .prints("line end")
                .reports("line end");
    }

    @Test
    void aLastRecordWithoutALineEndIsStatedEvenIfItLooksComplete() {
        cases.ofText("user_id,note\n10045,left\n10046,\"left\nin May\"")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED")
                .inactive(10045, 10046)
                .prints("line end");
    }

    @Test
    void aCompleteFileIsNotStated() {
        cases.ofText("user_id\n10045\n10046\n").plan().exits(0).doesNotPrint("line end");
        cases.ofText("user_id\r\n10045\r\n10046\r\n\r\n").plan().exits(0).doesNotPrint("line end");
    }

    @Test
    void aFileThatWasCutWithinQuotesIsRefused() {
        cases.ofText("user_id,note\n10045,x\n10046,\"le").deactivate().refused(65, "3", "quote");
    }
}
