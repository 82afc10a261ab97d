package com.fuse.users.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Headings are recognized as people write them, and nothing that looks like a user is a heading. */
@ExtendWith(TestPlatform.class)
class HeadingsTest {

    private final Cases cases;

    HeadingsTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void aHyphenAndCapitalsInAHeadingDoNotMatter() {
        cases.of("E-Mail", "bob.stone@example.org")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED")
                .inactive(10045);
    }

    @Test
    void everyUsualHeadingOfAColumnOfAddressesIsRecognized() {
        isRecognized(
                "bob.stone@example.org",
                List.of("Email Address", "e-mail", "mail", "EMAIL_ADDRESS", "E-Mail address", "\u200bemail", " Mail "));
    }

    @Test
    void everyUsualHeadingOfAColumnOfUsernamesIsRecognized() {
        isRecognized(
                "bob.stone",
                List.of("Login", "User Name", "user-name", "USERNAME", "user_name", "User\u00a0Name", "LOGIN"));
    }

    @Test
    void everyUsualHeadingOfAColumnOfIdsIsRecognized() {
        isRecognized(
                "10045",
                List.of(
                        "userid",
                        "User-ID",
                        "UserId",
                        "USER_ID",
                        "Fuse ID",
                        "fuse_id",
                        "FUSE-ID",
                        "User\u00a0ID",
                        "user\u00ad_id",
                        "\ufeff\u200buser_id",
                        "\"User  Id\""));
    }

    /** One command over a file with each heading. */
    private void isRecognized(String value, List<String> headings) {
        String[] files = headings.stream()
                .map(heading -> cases.of(heading, value).file().toString())
                .toArray(String[]::new);
        String[] command = Stream.concat(Stream.of("deactivate", "--dry-run"), Stream.of(files))
                .toArray(String[]::new);

        CaseRun last = cases.run(command).exits(0);

        assertThat(last.number()).isEqualTo(headings.size());
        for (long run = 1; run <= headings.size(); run++) {
            new CaseRun(cases, last.result(), run, last.before()).outcomes("10045,2,DEACTIVATED");
        }
    }

    @Test
    void aHeadingThatOnlyContainsSuchAWordDoesNotIdentifyUsers() {
        cases.of("user_id,last_login,email_verified,manager_email", "10045,2024-01-05,true,by003@example.org")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED")
                .inactive(10045);

        cases.of("name,last login", "Bob Stone,10046").deactivate().refused(65, "last login");
    }

    @Test
    void theOptionColumnIsComparedLikeAHeading() {
        CaseInput input = cases.of("Staff_Number,User-ID", "10046,10045");

        input.plan("--column", "user id").exits(0).outcomes("10045,2,DEACTIVATED");
        input.plan("--column", "STAFF NUMBER").exits(0).outcomes("10046,2,DEACTIVATED");
    }

    @Test
    void anOptionColumnThatLooksLikeAUserIsAWrongCommand() {
        CaseInput addresses = cases.of("bob.stone@example.org", "ann.field@example.org");
        CaseInput ids = cases.of("10045", "10046");

        addresses.deactivate("--column", "bob.stone@example.org").refused(64, "--column", "bob.stone@example.org");
        ids.deactivate("--column", "10045").refused(64, "--column", "10045");
        ids.deactivate("--column", " 010045 ").refused(64, "--column");
        addresses.reactivate("--column", "BOB.STONE@EXAMPLE.ORG").refused(64, "--column");
    }

    @Test
    void aFirstRecordThatHoldsAUserIsNeverTakenForTheHeading() {
        cases.refuseEach(
                cases.texts(
                        "10045,bob.stone@example.org\n10046,ann.field@example.org\n",
                        "bob.stone@example.org,Bob\nann.field@example.org,Ann\n",
                        "Bob;bob.stone@example.org\nAnn;ann.field@example.org\n",
                        "bob.stone\t10045\nann.field\t10046\n"),
                "--no-header");
    }

    @Test
    void theOptionColumnDoesNotTurnAUserIntoAHeading() {
        cases.of("bob.stone,10045", "ann.field,10046")
                .deactivate("--column", "bob.stone")
                .refused(65);
    }
}
