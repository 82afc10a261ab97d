package com.fuse.users.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.OtherSession;
import com.fuse.users.PosixSignal;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher becomes the program, so a signal to the command reaches the program, and its exit code comes back. */
@ExtendWith(TestPlatform.class)
record SignalIT(TestDatabase database, World world, Path folder) {

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalReachesTheProgram(PosixSignal signal, int exit, TestDatabase database, World world) throws Exception {
        Crowd crowd = new Crowd(world, 20);
        FuseUsers fuseUsers = FuseUsers.installed(database, folder);
        String input = fuseUsers.input("leavers.csv", crowd.lines());
        Process process;
        try (OtherSession other = new OtherSession(database)) {
            other.execute("select from users where id = 15 for update");
            process = fuseUsers.start(
                    "deactivate", "--yes", "--max-percent", "100", "--chunk-size", "10", "--partitions", "1", input);
            other.awaitBlocked(1);
            assertThat(process.info().command().orElseThrow()).endsWith("/bin/java");
            assertThat(signal.sendTo(process)).isTrue();
        }

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(exit);
        assertThat(folder.resolve("err.txt"))
                .content()
                .endsWith("fuse-users: run 1 was stopped; the same command resumes it where it stands\n");
    }
}
