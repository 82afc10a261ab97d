package com.fuse.users.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** If too many rows cannot be read, the others cannot be trusted either, and nothing is done with the file. */
@ExtendWith(TestPlatform.class)
class BadRowsLimitTest {

    private static final String[] COMMA_IN_NAMES = {
        "full_name,user_id",
        "Stone, Bob,10045",
        "Field, Ann,10046",
        "Moor, Carl,10077",
        "Holt, Lena,3567",
        "Reed, Tom,300",
        "Unit, 12"
    };

    private static final String[] OUTCOMES = {
        ",2,MALFORMED", ",3,MALFORMED", ",4,MALFORMED", ",5,MALFORMED", ",6,MALFORMED", "12,7,DEACTIVATED"
    };

    private final Cases cases;

    BadRowsLimitTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void namesWithCommasMakeTheWholeFileUntrustworthy() {
        cases.of(COMMA_IN_NAMES).deactivate().refused(65, "5", "6", "--max-bad-percent");
    }

    @Test
    void aPlanIsReportedInFullAndExitsLikeTheRun() {
        CaseRun plan = cases.of(COMMA_IN_NAMES).plan();

        plan.refused(65, "5", "6", "--max-bad-percent").outcomes(OUTCOMES);
    }

    @Test
    void acceptedSkipsAreStillTooMany() {
        CaseInput input = cases.of(COMMA_IN_NAMES);

        input.deactivate("--accept-skips").refused(65, "--max-bad-percent");
        input.plan("--accept-skips").refused(65, "--max-bad-percent");
    }

    @Test
    void theLimitCanBeSwitchedOff() {
        cases.of(COMMA_IN_NAMES)
                .deactivate("--max-bad-percent", "100")
                .exits(4)
                .outcomes(OUTCOMES)
                .inactive(12)
                .skipsChangeNobodyIfRunAgain();
    }

    @Test
    void fourBadRowsAreNeverTooMany() {
        cases.of("user_id", "a", "b", "c", "10045.0")
                .deactivate()
                .exits(4)
                .outcomes(",2,MALFORMED", ",3,MALFORMED", ",4,MALFORMED", ",5,MALFORMED");
    }

    @Test
    void exactlyATenthIsNotTooManyAndOneRowFewerIs() {
        cases.of(rows(5, 44)).deactivate().refused(65, "--max-bad-percent");
        cases.of(rows(5, 45)).deactivate().exits(4).inactive(10045);
    }

    @Test
    void contradictingRowsCountLikeMalformedRows() {
        cases.of(
                        "user_id,email,active",
                        "10045,by003@example.org,",
                        "10046,bob.stone@example.org,",
                        "10077,,TRUE",
                        "abc,,",
                        "3,567,",
                        "300,,",
                        "3567,,")
                .deactivate()
                .refused(65, "5", "7");
    }

    @Test
    void unknownUsersAndDuplicatesAreNotBadRows() {
        cases.of("user_id", "20001", "20002", "20003", "20004", "20005", "1", "10045", "10045", "10045", "10045")
                .deactivate()
                .exits(4)
                .outcomes(
                        "20001?,2,NOT_FOUND",
                        "20002?,3,NOT_FOUND",
                        "20003?,4,NOT_FOUND",
                        "20004?,5,NOT_FOUND",
                        "20005?,6,NOT_FOUND",
                        "1,7,COMMUNITY_ADMIN",
                        "10045,8,DEACTIVATED",
                        "10045,9,DUPLICATE",
                        "10045,10,DUPLICATE",
                        "10045,11,DUPLICATE")
                .inactive(10045);
    }

    @Test
    void blankRecordsAndRepeatedHeadingsDoNotMakeBadRowsFewer() {
        String[] blank = Collections.nCopies(100, ",").toArray(String[]::new);
        String[] headings = Collections.nCopies(100, "user_id,name").toArray(String[]::new);
        String[] lines = Stream.of(new String[] {"user_id,name", "a,", "b,", "c,", "d,", "e,"}, blank, headings)
                .flatMap(Stream::of)
                .toArray(String[]::new);

        cases.of(lines).deactivate().refused(65, "5");
    }

    @Test
    void anotherLimitAllowsExactlyItsPercentage() {
        cases.of(rows(6, 4)).deactivate("--max-bad-percent", "50").refused(65, "6", "10");
        cases.of(rows(5, 5)).deactivate("--max-bad-percent", "50").exits(4).inactive(10045);
    }

    @Test
    void aLimitThatIsNoPercentageIsAWrongCommand() {
        CaseInput input = cases.of("user_id", "10045");

        for (String limit : new String[] {"-1", "101", "few"}) {
            input.deactivate("--max-bad-percent=" + limit).refused(64, "--max-bad-percent");
        }
    }

    @Test
    void theOtherFilesOfAFolderGoOn() throws IOException {
        Path inbox = Files.createDirectory(cases.folder().resolve("inbox"));
        Files.writeString(inbox.resolve("a.csv"), "user_id\n10045\n");
        Files.writeString(inbox.resolve("b.csv"), String.join("\n", COMMA_IN_NAMES) + "\n");
        Files.writeString(inbox.resolve("c.csv"), "user_id\n4678\n");

        CaseRun run = cases.run("deactivate", "--yes", inbox.toString());

        run.exits(65).inactive(4678, 10045);
        assertThat(run.result().err().lines())
                .singleElement()
                .asString()
                .contains(inbox.resolve("b.csv").toString(), "--max-bad-percent");
    }

    @Test
    void theOtherCommandsHaveTheSameLimit() {
        cases.inactive(12, 10045);
        CaseInput input = cases.of(COMMA_IN_NAMES);

        input.reissueCertificates().refused(65, "--max-bad-percent");
        input.reactivate().refused(65, "--max-bad-percent");
        input.reactivate("--max-bad-percent", "100").exits(4).inactive(10045);
    }

    /** A heading, user 10045, so many bad rows, and unknown users. */
    private static String[] rows(int bad, int good) {
        return Stream.of(
                        Stream.of("user_id", "10045"),
                        IntStream.range(0, bad).mapToObj(i -> "bad" + i),
                        IntStream.range(1, good).mapToObj(i -> String.valueOf(20_000 + i)))
                .flatMap(lines -> lines)
                .toArray(String[]::new);
    }
}
