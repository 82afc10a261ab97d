package com.fuse.users.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Who makes an attempt. */
class ActorTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void theHostHasTheNameThatTheKernelKnows() throws IOException {
        assertThat(Actor.ofThisProcess().host())
                .isEqualTo(
                        Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    }

    @Test
    void theAccountThatCalledSudoIsNamedToo() {
        assertThat(Actor.account("fuse", "anna")).isEqualTo("fuse (sudo by anna)");
        assertThat(Actor.account("anna", "anna")).isEqualTo("anna");
        assertThat(Actor.account("anna", "")).isEqualTo("anna");
        assertThat(Actor.account("anna", null)).isEqualTo("anna");
    }
}
