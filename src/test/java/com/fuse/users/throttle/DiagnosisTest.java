package com.fuse.users.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.run.request.ThrottleLimits;
import com.fuse.users.throttle.Standbys.Lag;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A limit itself is not exceeded. */
class DiagnosisTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONGER = Duration.ofMillis(2_480);

    private final Diagnosis diagnosis = new Diagnosis(ThrottleLimits.DEFAULT);

    @Test
    void nothingIsWrongUpToTheLimits() {
        assertThat(diagnosis.of(health(SECOND, 42L, BigDecimal.ZERO), new Lag("pg-1", Duration.ofSeconds(5))))
                .isNull();
        assertThat(diagnosis.of(health(null, null, null), null)).isNull();
    }

    @Test
    void namesTheValueAndTheLimit() {
        assertThat(diagnosis.of(health(LONGER, null, null), null))
                .isEqualTo(new Trouble(
                        WaitReason.BLOCKED,
                        "another session has waited 2.5 s for a lock of this run, more than 1.0 s"));
        assertThat(diagnosis.of(health(null, 1_043L, null), null))
                .isEqualTo(new Trouble(WaitReason.ARCHIVE_BACKLOG, "1,043 segments wait to be archived, more than 42"));
        assertThat(diagnosis.of(health(null, null, null), new Lag("pg-2", Duration.ofMillis(7_300))))
                .isEqualTo(new Trouble(WaitReason.REPLICA_LAG, "standby pg-2 is 7.3 s behind, more than 5.0 s"));
        assertThat(diagnosis.of(health(null, null, new BigDecimal("0.5")), null))
                .isEqualTo(new Trouble(WaitReason.QUERY, "the throttle query returns 0.5"));
    }

    @Test
    void theOperatorsLimitsReplaceTheDefaults() {
        Diagnosis strict = new Diagnosis(new ThrottleLimits(
                Duration.ofMillis(200), 0L, Duration.ofMillis(500), null, ThrottleLimits.DEFAULT.maxPause()));

        assertThat(strict.of(health(Duration.ofMillis(201), null, null), null)).isNotNull();
        assertThat(strict.of(health(null, 1L, null), null))
                .isEqualTo(new Trouble(WaitReason.ARCHIVE_BACKLOG, "1 segment waits to be archived, more than 0"));
        assertThat(strict.of(health(null, null, null), new Lag("pg-1", SECOND))).isNotNull();
    }

    private static Health health(@Nullable Duration blocked, @Nullable Long backlog, @Nullable BigDecimal query) {
        return new Health(blocked, backlog, Map.of(), query);
    }
}
