package com.fuse.users.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The skipped rows are an input: as they are they change nobody by mistake, and fixed they work. */
@ExtendWith(TestPlatform.class)
class SkippedRowsAgainTest {

    private static final String HEADER = "user_id,line,outcome,community_ids,message";

    private final Cases cases;

    SkippedRowsAgainTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void contradictingRowsStayContradictingUntilTheyAreFixed() {
        CaseRun first = cases.of(
                        "user_id,username,email",
                        "10045,ann.field,bob.stone@example.org",
                        "10046,bob.stone,ann.field@example.org",
                        "10077,carl.moor,")
                .deactivate()
                .exits(4);
        String[] written = {"10045,ann.field,bob.stone@example.org", "10046,bob.stone,ann.field@example.org"};
        assertThat(first.lines("skipped.csv").get(0)).startsWith(HEADER + ",").contains("username,email");
        assertThat(first.cells("skipped.csv", "user_id", "username", "email")).containsExactly(written);

        CaseRun again = cases.skipsOf(first)
                .deactivate()
                .exits(4)
                .outcomes(",2,MISMATCH", ",3,MISMATCH")
                .inactive(10077);
        assertThat(again.cells("skipped.csv", "user_id", "username", "email")).containsExactly(written);

        List<String> lines = again.lines("skipped.csv");
        cases.of(
                        lines.get(0),
                        lines.get(1).replace(",ann.field,", ",bob.stone,"),
                        lines.get(2).replace(",bob.stone,", ",ann.field,"))
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED", "10046,3,DEACTIVATED")
                .inactive(10045, 10046, 10077);
    }

    @Test
    void rowsWithoutAUserIdStayContradictingUntilTheyAreFixed() {
        CaseRun first = cases.of("username,email", "bob.stone,ann.field@example.org", "carl.moor,")
                .deactivate()
                .exits(4)
                .outcomes(",2,MISMATCH", "10077,3,DEACTIVATED");
        assertThat(first.cells("skipped.csv", "user_id", "username", "email"))
                .containsExactly(",bob.stone,ann.field@example.org");

        cases.skipsOf(first).deactivate().exits(4).outcomes(",2,MISMATCH").inactive(10077);

        List<String> lines = first.lines("skipped.csv");
        cases.of(lines.get(0), lines.get(1).replace("ann.field@example.org", "bob.stone@example.org"))
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED")
                .inactive(10045, 10077);
    }

    @Test
    void rowsThatSayAnotherStateStaySoUntilTheyAreFixed() {
        CaseRun first = cases.of("username,email,active", "ann.field,ann.field@example.org,TRUE", "bob.stone,,FALSE")
                .deactivate()
                .exits(4)
                .outcomes("10046?,2,MISMATCH", "10045,3,DEACTIVATED");
        assertThat(first.cells("skipped.csv", "username", "email", "active"))
                .containsExactly("ann.field,ann.field@example.org,true");

        cases.skipsOf(first).deactivate().exits(4).outcomes("10046?,2,MISMATCH").inactive(10045);

        List<String> lines = first.lines("skipped.csv");
        cases.of(lines.get(0), lines.get(1).replaceFirst(",true$", ",false"))
                .deactivate()
                .exits(0)
                .outcomes("10046,2,DEACTIVATED")
                .inactive(10045, 10046);
    }

    @Test
    void rowsOfOneIdentifyingColumnThatSayAnotherStateChangeNobody() {
        cases.of("user_id,active", "10045,TRUE", "10046,maybe", "10077,no")
                .deactivate()
                .exits(4)
                .skipsChangeNobodyIfRunAgain();
        cases.of("email,active", "bob.stone@example.org,1", "ann.field@example.org,yes")
                .deactivate()
                .exits(4)
                .skipsChangeNobodyIfRunAgain()
                .inactive(10077);
    }

    @Test
    void anAdminOfAnInputWithSeveralIdentifiersIsRunAgainOnceTheRoleIsGone() {
        CaseRun first = cases.of(
                        "user_id,username,email",
                        "1,root.admin,root.admin@example.org",
                        "10045,ann.field,",
                        ",carl.moor,carl.moor@example.org")
                .deactivate()
                .exits(4)
                .outcomes("1,2,COMMUNITY_ADMIN", ",3,MISMATCH", "10077,4,DEACTIVATED");
        cases.world().execute("delete from community_admins");

        cases.skipsOf(first)
                .deactivate()
                .exits(4)
                .outcomes("1,2,DEACTIVATED", ",3,MISMATCH")
                .inactive(1, 10077);
    }

    /** In the file of skipped rows, the line number follows the user ID. */
    @Test
    void aShortIdBeforeALineNumberOfThreeDigitsIsNotTakenForOneNumber() {
        String unknownUsers =
                IntStream.range(0, 120).mapToObj(i -> 20_000 + i + "\n").collect(Collectors.joining());
        cases.world().admin(300, 3);
        CaseRun first = cases.ofText("user_id\n" + unknownUsers + "300\n10045\n")
                .deactivate()
                .exits(4);
        assertThat(first.cells("skipped.csv", "user_id", "line", "outcome")).contains("300,122,COMMUNITY_ADMIN");
        cases.world().execute("delete from community_admins where user_id = 300");

        CaseRun again = cases.skipsOf(first).deactivate().exits(4).inactive(300, 10045);

        assertThat(again.cells("outcomes.csv", "user_id", "outcome"))
                .contains("300,DEACTIVATED")
                .doesNotContain(",MALFORMED");
    }

    @Test
    void aMalformedRowLeavesNoUserIdThatItMayNotHaveMeant() {
        List<CaseInput> inputs = cases.texts(
                "user_id,note\n10045,\"left\n3567,ok\"\n",
                "user_id,note\n10045,left,in May\n",
                "user_id,\n3,567\n",
                "user_id,score\n3,567\n",
                "user_id\n1,004\n",
                "user_id\n10077\n300\n4678\n3\n",
                "10077\n10,045\n");

        for (CaseInput input : inputs) {
            CaseRun run = input.deactivate("--accept-skips").exits(0);

            assertThat(run.cells("skipped.csv", "user_id", "outcome"))
                    .isNotEmpty()
                    .noneMatch(row -> row.matches("\\s*[0-9]+\\s*,MALFORMED"));
            run.skipsChangeNobodyIfRunAgain();
        }
        assertThat(cases.world().texts("select u.id::text from users u where not u.active order by u.id"))
                .containsExactly("300", "4678", "10077");
    }

    @Test
    void aRowWithABadSuccessorKeepsItsUserIdAndIsMalformedUntilItIsFixed() {
        CaseRun first = cases.of("user_id,transfer_admin_to", "1,bob", "10046,")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", "10046,3,DEACTIVATED");
        assertThat(first.cells("skipped.csv", "user_id", "transfer_admin_to")).containsExactly("1,bob");

        cases.skipsOf(first).deactivate().exits(4).outcomes(",2,MALFORMED").inactive(10046);

        List<String> lines = first.lines("skipped.csv");
        cases.of(lines.get(0), lines.get(1).replaceFirst(",bob$", ",10045"))
                .deactivate()
                .exits(0)
                .outcomes("1,2,DEACTIVATED")
                .inactive(1, 10046);
    }

    @Test
    void contradictingRowsOfAReactivationStaySoToo() {
        cases.inactive(10045, 10046);
        CaseRun first = cases.of("user_id,email,active", "10045,ann.field@example.org,", "10046,,FALSE")
                .reactivate()
                .exits(4)
                .outcomes(",2,MISMATCH", "10046?,3,MISMATCH");

        cases.skipsOf(first)
                .reactivate()
                .exits(4)
                .outcomes(",2,MISMATCH", "10046?,3,MISMATCH")
                .inactive(10045, 10046);
    }
}
