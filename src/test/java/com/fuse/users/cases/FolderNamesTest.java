package com.fuse.users.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A file of a folder that is left out because of its name is named, so that nobody takes it for done. */
@ExtendWith(TestPlatform.class)
class FolderNamesTest {

    private final Cases cases;

    FolderNamesTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void filesWithOtherNamesAreNamedAndTheOthersAreRun() throws IOException {
        Path inbox = Files.createDirectory(cases.folder().resolve("inbox"));
        Files.writeString(inbox.resolve("monday.csv"), "user_id\n10045\n");
        for (String name : new String[] {"tuesday.txt", "wednesday.xlsx", "thursday.csv.part", "friday"}) {
            Files.writeString(inbox.resolve(name), "user_id\n10046\n");
        }

        CaseRun run = cases.run("deactivate", "--yes", inbox.toString());

        run.exits(0).inactive(10045);
        assertThat(run.result().out() + run.result().err())
                .contains("tuesday.txt", "wednesday.xlsx", "thursday.csv.part", "friday");
    }

    @Test
    void aFolderOfOtherFilesOnlyNamesThem() throws IOException {
        Path inbox = Files.createDirectory(cases.folder().resolve("inbox"));
        Files.writeString(inbox.resolve("leavers.xls"), "user_id\n10046\n");

        CaseRun run = cases.run("deactivate", "--yes", inbox.toString());

        run.changesNobody();
        assertThat(run.result().out() + run.result().err()).contains("leavers.xls");
    }

    @Test
    void aNameInCapitalsIsNamedOrRunButNotPassedOverInSilence() throws IOException {
        Path inbox = Files.createDirectory(cases.folder().resolve("inbox"));
        Files.writeString(inbox.resolve("monday.csv"), "user_id\n10045\n");
        Files.writeString(inbox.resolve("FRIDAY.CSV"), "user_id\n10046\n");

        CaseRun run =
                cases.run("reactivate", "--yes", inbox.toString()).exits(0).changesNobody();

        assertThat(run.result().out() + run.result().err()).contains("monday.csv", "FRIDAY.CSV");
    }
}
