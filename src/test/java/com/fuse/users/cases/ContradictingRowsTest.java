package com.fuse.users.cases;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A row whose identifying columns do not all name the same user changes nobody. */
@ExtendWith(TestPlatform.class)
class ContradictingRowsTest {

    private final Cases cases;

    ContradictingRowsTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void twoIdentifiersDisagree() {
        cases.of(
                        "user_id,username,email",
                        "10045,ann.field,bob.stone@example.org",
                        "10046,bob.stone,ann.field@example.org")
                .deactivate()
                .exits(4)
                .outcomes(",2,MISMATCH", ",3,MISMATCH")
                .inactive()
                .message(2, "10045", "username", "10046", "--column")
                .message(3, "10046", "username", "10045", "--column")
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void aBlankSecondIdentifierNamesNobodyAndAnotherUsersAddressContradicts() {
        cases.of("user_id,email", "10045,", "10046,by003@example.org")
                .deactivate()
                .exits(4)
                .outcomes("10045,2,DEACTIVATED", ",3,MISMATCH")
                .inactive(10045)
                .message(3, "10046", "email", "3", "--column")
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void ifTheFirstIdentifierIsBlankTheNextOneDecides() {
        cases.of("user_id,email", ",ann.field@example.org", "10045,bob.stone@example.org")
                .deactivate()
                .exits(0)
                .outcomes("10046,2,DEACTIVATED", "10045,3,DEACTIVATED")
                .inactive(10045, 10046);
    }

    /** In a spreadsheet, somebody sorted one column and not the others. */
    @Test
    void aColumnThatWasSortedAloneContradictsItsNeighbours() {
        cases.of(
                        "user_id,username,email",
                        "10045,ann.field,ann.field@example.org",
                        "10046,carl.moor,carl.moor@example.org",
                        "10077,bob.stone,bob.stone@example.org")
                .deactivate()
                .exits(4)
                .outcomes(",2,MISMATCH", ",3,MISMATCH", ",4,MISMATCH")
                .inactive()
                .message(4, "10077", "10045")
                .skipsChangeNobodyIfRunAgain();
    }

    /** Clients of databases write a missing value in their own ways. */
    @Test
    void aPlaceholderForAMissingValueNamesNobodyAndContradicts() {
        cases.of("user_id,email", "10045,NULL", "10046,\\N", "10077,n/a", "300, \u00a0", "3567")
                .deactivate()
                .exits(4)
                .outcomes(",2,MISMATCH", ",3,MISMATCH", ",4,MISMATCH", "300,5,DEACTIVATED", "3567,6,DEACTIVATED")
                .inactive(300, 3567)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void aUserWhoWasRenamedSinceTheExportIsNotChanged() {
        cases.of(
                        "user_id,username,email",
                        "10045,bob.stone-smith,bob.stone@example.org",
                        "10046,ann.field,ann@old.test")
                .deactivate()
                .exits(4)
                .outcomes(",2,MISMATCH", ",3,MISMATCH")
                .inactive()
                .message(2, "username", "10045")
                .message(3, "email", "10046");
    }

    @Test
    void anUnknownIdContradictsAKnownAddress() {
        cases.of("user_id,username,email", "999999,,bob.stone@example.org", ",ghost,ann.field@example.org")
                .deactivate()
                .exits(4)
                .outcomes(",2,MISMATCH", ",3,MISMATCH")
                .inactive()
                .message(2, "10045")
                .message(3, "10046")
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void aRowOfWhichNoColumnNamesAUserIsNotFound() {
        cases.of("user_id,username,email", "999999,nobody,nobody@example.org", ",ghost,ghost@example.org", "999999,,")
                .deactivate()
                .exits(4)
                .outcomes("999999?,2,NOT_FOUND", ",3,NOT_FOUND", "999999?,4,DUPLICATE")
                .inactive()
                .message(2, "999999")
                .message(3, "ghost")
                .message(4, "2");
    }

    @Test
    void caseAndBlanksAroundAValueAreNoContradiction() {
        cases.of(
                        "user_id,username,email",
                        "10045, BOB.Stone ,Bob.Stone@EXAMPLE.org\u00a0",
                        " 010046 ,,ANN.FIELD@example.org")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED")
                .inactive(10045, 10046);
    }

    @Test
    void aUsernameThatDecidesMustMatchExactly() {
        cases.of("username,email", "BOB.STONE,bob.stone@example.org", "ann.field,ANN.FIELD@EXAMPLE.ORG")
                .deactivate()
                .exits(4)
                .outcomes(",2,MISMATCH", "10046,3,DEACTIVATED")
                .inactive(10046)
                .message(2, "10045");
    }

    @Test
    void aUsernameOfDigitsIsNotTheUserWithThisId() {
        cases.person(9100, "10046", "digits@example.org");

        cases.of(
                        "user_id,username,email",
                        ",10046,",
                        "10046,10046,ann.field@example.org",
                        "10046,,ann.field@example.org")
                .deactivate()
                .exits(4)
                .outcomes("9100,2,DEACTIVATED", ",3,MISMATCH", "10046,4,DEACTIVATED")
                .inactive(9100, 10046)
                .message(3, "10046", "9100");
    }

    @Test
    void aRowThatContradictsItselfNamesNoUserForLaterRows() {
        cases.of(
                        "user_id,email",
                        "10045,ann.field@example.org",
                        "10045,bob.stone@example.org",
                        "10046,ann.field@example.org",
                        "10045,ann.field@example.org",
                        "10046,")
                .deactivate()
                .exits(4)
                .outcomes(
                        ",2,MISMATCH", "10045,3,DEACTIVATED", "10046,4,DEACTIVATED", ",5,MISMATCH", "10046,6,DUPLICATE")
                .inactive(10045, 10046)
                .message(6, "4");
    }

    @Test
    void theSameUserByAnotherIdentifierIsADuplicate() {
        cases.of("user_id,username,email", ",,BOB.STONE@example.org", ",bob.stone,", "10045,,", "10045,bob.stone,")
                .deactivate()
                .exits(4)
                .outcomes("10045,2,DEACTIVATED", "10045,3,DUPLICATE", "10045,4,DUPLICATE", "10045,5,DUPLICATE")
                .inactive(10045)
                .message(5, "2");
    }

    @Test
    void aValueThatCannotBeAnIdIsMalformedEvenIfAnotherColumnNamesAUser() {
        cases.of("user_id,email", "10045.0,bob.stone@example.org", "#N/A,ann.field@example.org")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", ",3,MALFORMED")
                .inactive()
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void theOptionColumnMakesOneColumnDecide() {
        CaseInput input = cases.of(
                "user_id,username,email",
                "10045,ann.field,carl.moor@example.org",
                "10046,bob.stone,tom.reed@example.org");

        input.plan("--column", "user_id").exits(0).outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED");
        input.plan("--column", "username").exits(0).outcomes("10046,2,DEACTIVATED", "10045,3,DEACTIVATED");
        input.deactivate("--column", "email")
                .exits(0)
                .outcomes("10077,2,DEACTIVATED", "300,3,DEACTIVATED")
                .inactive(300, 10077);
    }

    @Test
    void thePlanFindsTheSameContradictions() {
        cases.of("user_id,email", "10045,", "10046,by003@example.org")
                .plan()
                .exits(4)
                .outcomes("10045,2,DEACTIVATED", ",3,MISMATCH")
                .changesNobody();
    }

    @Test
    void theOtherCommandsCompareTheColumnsToo() {
        cases.inactive(10045, 10046);
        CaseInput input = cases.of("user_id,email", "10045,ann.field@example.org", "10046,ann.field@example.org");

        input.reissueCertificates().exits(4).outcomes(",2,MISMATCH", "10046,3,INACTIVE");
        input.reactivate()
                .exits(4)
                .outcomes(",2,MISMATCH", "10046,3,REACTIVATED")
                .inactive(10045);
    }
}
