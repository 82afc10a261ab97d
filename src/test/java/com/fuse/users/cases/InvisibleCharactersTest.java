package com.fuse.users.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A value that only looks like a stored one is not found, and the message shows why. */
@ExtendWith(TestPlatform.class)
class InvisibleCharactersTest {

    private final Cases cases;

    InvisibleCharactersTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void addressesThatWereCopiedWithMoreThanTheAddressAreNotFound() {
        CaseRun run = cases.of(
                        "email",
                        "\u200bann.field@example.org",
                        "carl.moor@example.org.",
                        "Lena Holt <lena.holt@example.org>",
                        "mailto:tom.reed@example.org")
                .deactivate()
                .exits(4)
                .outcomes(",2,NOT_FOUND", ",3,NOT_FOUND", ",4,NOT_FOUND", ",5,NOT_FOUND")
                .inactive()
                .message(2, "U+200B", "1");

        assertThat(run.message(2)).doesNotContain("\u200b", ": ann.field@example.org", "'ann.field@example.org");
        assertThat(run.message(3)).contains("carl.moor@example.org.");
        assertThat(run.message(4)).contains("Lena Holt <lena.holt@example.org>");
        assertThat(run.message(5)).contains("mailto:tom.reed@example.org");
    }

    /** Marks for the direction of writing come along from address books and dialogs. */
    @Test
    void everyInvisibleCharacterIsShownByItsCode() {
        CaseRun run = cases.of(
                        "username",
                        "\u200ebob.stone",
                        "ann.field\u202c",
                        "carl\u00ad.moor",
                        "lena\u2060.holt",
                        "igor\ufeff.webb",
                        "tom.reed\u200d\u200b")
                .deactivate()
                .exits(4)
                .outcomes(
                        ",2,NOT_FOUND", ",3,NOT_FOUND", ",4,NOT_FOUND", ",5,NOT_FOUND", ",6,NOT_FOUND", ",7,NOT_FOUND")
                .inactive()
                .message(2, "U+200E", "1")
                .message(3, "U+202C", "10")
                .message(4, "U+00AD", "5")
                .message(5, "U+2060")
                .message(6, "U+FEFF")
                .message(7, "U+200D", "U+200B");

        assertThat(String.join("", run.cells("outcomes.csv", "message")))
                .doesNotContain("\u200e", "\u202c", "\u00ad", "\u2060", "\ufeff", "\u200d", "\u200b");
    }

    @Test
    void theSecondRowWithTheSameInvisibleCharacterIsADuplicateAndTheStoredOneIsNot() {
        cases.of("email", "ann.field\u200b@example.org", "ann.field\u200b@example.org", "ann.field@example.org")
                .deactivate()
                .exits(4)
                .outcomes(",2,NOT_FOUND", ",3,DUPLICATE", "10046,4,DEACTIVATED")
                .inactive(10046)
                .message(2, "U+200B", "10")
                .message(3, "2");
    }

    @Test
    void anInvisibleCharacterInAnIdMakesItsRowMalformed() {
        cases.of("user_id", "1004\u200b5", "\u200e10046", "10077")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", ",3,MALFORMED", "10077,4,DEACTIVATED")
                .inactive(10077)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void anInvisibleCharacterInASecondIdentifierContradictsTheFirst() {
        cases.of("user_id,email", "10046,ann.field\u200b@example.org", "10045,bob.stone@example.org")
                .deactivate()
                .exits(4)
                .outcomes(",2,MISMATCH", "10045,3,DEACTIVATED")
                .inactive(10045)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void noBreakSpacesAroundAnAddressAreTrimmed() {
        cases.of("email", "\u00a0bob.stone@example.org\u00a0", "\u202fann.field@example.org ")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED")
                .inactive(10045, 10046);
    }

    @Test
    void aLetterOfAnotherAlphabetIsAnotherLetter() {
        cases.of("username", "\u0430nn.field", "b\u043eb.stone", "ann.field")
                .deactivate()
                .exits(4)
                .outcomes(",2,NOT_FOUND", ",3,NOT_FOUND", "10046,4,DEACTIVATED")
                .inactive(10046);
    }

    @Test
    void theDecomposedFormOfANameIsNotFoundAndTheMessageNamesTheUser() {
        cases.of("username", "jose\u0301.perez")
                .deactivate()
                .exits(4)
                .outcomes(",2,NOT_FOUND")
                .inactive()
                .message(2, "9004", "Unicode")
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void theOtherFormOfAnAddressOrOfADecomposedNameIsNotFoundEither() {
        cases.person(9005, "zoe\u0308.kim", "zoe\u0308.kim@example.org");

        cases.of("email", "jose\u0301.perez@example.org", "zo\u00eb.kim@example.org")
                .deactivate()
                .exits(4)
                .outcomes(",2,NOT_FOUND", ",3,NOT_FOUND")
                .message(2, "9004")
                .message(3, "9005");
        cases.of("username", "zo\u00eb.kim")
                .deactivate()
                .exits(4)
                .message(2, "9005", "Unicode")
                .inactive();
    }

    @Test
    void aUsernameInAnotherCaseIsNotFoundAndTheMessageNamesTheUser() {
        cases.of("username", "Bob.Stone", "ANN.FIELD", "JOS\u00c9.PEREZ")
                .deactivate()
                .exits(4)
                .outcomes(",2,NOT_FOUND", ",3,NOT_FOUND", ",4,NOT_FOUND")
                .inactive()
                .message(2, "10045", "case")
                .message(3, "10046", "case")
                .message(4, "9004", "case");
    }

    @Test
    void aNameThatDiffersInMoreThanCaseOrFormNamesNobody() {
        CaseRun run = cases.of("username", "jose.perez", "bob_stone", "bob.stone2")
                .deactivate()
                .exits(4)
                .outcomes(",2,NOT_FOUND", ",3,NOT_FOUND", ",4,NOT_FOUND")
                .inactive();

        assertThat(String.join("", run.cells("outcomes.csv", "message"))).doesNotContain("9004", "10045");
    }
}
