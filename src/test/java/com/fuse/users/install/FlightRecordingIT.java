package com.fuse.users.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A flight recording and a monitoring agent ask for the bytes of every class, also of one from the class archive. */
@ExtendWith(TestPlatform.class)
class FlightRecordingIT {

    @Test
    void theProgramRunsWhileItIsRecorded(TestDatabase database, Path folder) throws Exception {
        Path recording = folder.resolve("recording.jfr");
        Path out = folder.resolve("out.txt");
        ProcessBuilder program = FuseUsers.installed(database, folder)
                .process("runs")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        program.environment().put("FUSE_USERS_OPTS", "-XX:StartFlightRecording=filename=" + recording);
        assertThat(new Installation(FuseUsers.INSTALLATION).archives()).hasSize(1);

        Process process = program.start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(out).content().endsWith("  COMMAND  INPUT\n");
        assertThat(process.exitValue()).isZero();
        assertThat(recording).isNotEmptyFile();
    }
}
