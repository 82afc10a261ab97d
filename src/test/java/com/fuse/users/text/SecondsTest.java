package com.fuse.users.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SecondsTest {

    private static final Duration DURATION = Duration.ofMillis(1_234_567);

    @Test
    void peopleReadTenthsAndProgramsMilliseconds() {
        assertThat(Seconds.of(DURATION)).isEqualTo("1,234.6 s");
        assertThat(Seconds.figure(Duration.ZERO)).isEqualTo("0.0");
        assertThat(Seconds.exact(DURATION)).isEqualTo(1_234.567);
    }
}
