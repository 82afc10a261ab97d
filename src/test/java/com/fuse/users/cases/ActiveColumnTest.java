package com.fuse.users.cases;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A row whose own column {@code active} says another state than the command sets is left alone. */
@ExtendWith(TestPlatform.class)
class ActiveColumnTest {

    private final Cases cases;

    ActiveColumnTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void aRowThatSaysItsUserIsActiveDeactivatesNobody() {
        cases.of(
                        "username,email,first_name,last_name,active",
                        "bob.stone,bob.stone@example.org,Bob,Stone,FALSE",
                        "ann.field,ann.field@example.org,Ann,Field,TRUE",
                        "carl.moor,carl.moor@example.org,Carl,Moor,false")
                .deactivate()
                .exits(4)
                .outcomes("10045,2,DEACTIVATED", "10046?,3,MISMATCH", "10077,4,DEACTIVATED")
                .inactive(10045, 10077)
                .message(3, "active")
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void falseNoAndZeroAgreeInAnyCaseAndABlankSaysNothing() {
        cases.of("user_id,Active", "10045,no", "10046,0", "10077,False", "3567,No", "4678, FALSE ", "300,", "9004")
                .deactivate()
                .exits(0)
                .outcomes(
                        "10045,2,DEACTIVATED",
                        "10046,3,DEACTIVATED",
                        "10077,4,DEACTIVATED",
                        "3567,5,DEACTIVATED",
                        "4678,6,DEACTIVATED",
                        "300,7,DEACTIVATED",
                        "9004,8,DEACTIVATED")
                .inactive(300, 3567, 4678, 9004, 10045, 10046, 10077);
    }

    @Test
    void trueYesAndOneContradictADeactivation() {
        cases.of("user_id;ACTIVE", "10045;Yes", "10046;1", "10077;true", "3567;YES")
                .deactivate()
                .exits(4)
                .outcomes("10045?,2,MISMATCH", "10046?,3,MISMATCH", "10077?,4,MISMATCH", "3567?,5,MISMATCH")
                .inactive()
                .message(2, "active")
                .skipsChangeNobodyIfRunAgain();
    }

    /** The second is how a German spreadsheet writes its own FALSE. */
    @Test
    void anyOtherValueIsMalformedBecauseTheProgramDoesNotGuess() {
        cases.of("user_id,active", "10045,terminated", "10046,FALSCH", "10077,2", "3567,aktiv")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", ",3,MALFORMED", ",4,MALFORMED", ",5,MALFORMED")
                .inactive()
                .message(2, "active")
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void aReactivationExpectsTheOppositeState() {
        cases.inactive(10045, 10046, 10077, 300);

        cases.of("user_id,active", "10045,FALSE", "10046,TRUE", "10077,yes", "300,")
                .reactivate()
                .exits(4)
                .outcomes("10045?,2,MISMATCH", "10046,3,REACTIVATED", "10077,4,REACTIVATED", "300,5,REACTIVATED")
                .inactive(10045)
                .message(2, "active");
    }

    @Test
    void reissuingCertificatesSetsNoStateAndIgnoresTheColumn() {
        cases.of("user_id,active", "10045,FALSE", "10046,TRUE", "10077,unknown")
                .reissueCertificates()
                .exits(0)
                .outcomes("10045,2,REISSUED", "10046,3,REISSUED", "10077,4,REISSUED");
    }

    @Test
    void theOptionColumnDoesNotSwitchTheCheckOff() {
        cases.of("user_id,username,active", "10045,ann.field,FALSE", "10046,bob.stone,TRUE")
                .deactivate("--column", "user_id")
                .exits(4)
                .outcomes("10045,2,DEACTIVATED", "10046?,3,MISMATCH")
                .inactive(10045);
    }

    @Test
    void theStateOfAUserWhoIsAlreadyInactiveIsCheckedToo() {
        cases.inactive(10045, 10046);

        cases.of("user_id,active", "10045,TRUE", "10046,FALSE")
                .deactivate()
                .exits(4)
                .outcomes("10045?,2,MISMATCH", "10046,3,ALREADY_INACTIVE")
                .inactive(10045, 10046);
    }
}
