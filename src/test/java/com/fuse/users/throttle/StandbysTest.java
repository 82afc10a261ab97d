package com.fuse.users.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.throttle.Health.Standby;
import com.fuse.users.throttle.Standbys.Lag;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandbysTest {

    private final Standbys standbys = new Standbys();

    @Test
    void theSlowestCounts() {
        Map<String, Standby> two = Map.of(
                "pg-1",
                new Standby(Duration.ofMillis(8), "0/10", true),
                "pg-2",
                new Standby(Duration.ofSeconds(3), "0/5", false));

        assertThat(standbys.slowest(two, 0)).isEqualTo(new Lag("pg-2", Duration.ofSeconds(3)));
    }

    @Test
    void thereIsNoneWithoutStandbys() {
        assertThat(standbys.slowest(Map.of(), 0)).isNull();
        assertThat(standbys.gone()).isEmpty();
    }

    /** The server's figure stays as it was with the last answer. */
    @Test
    void oneThatIsFrozenIsBehindSinceItsPositionStands() {
        standbys.slowest(Map.of("pg-1", new Standby(Duration.ofMillis(5), "0/10", false)), seconds(100));

        assertThat(standbys.slowest(Map.of("pg-1", new Standby(Duration.ofMillis(5), "0/10", false)), seconds(107)))
                .isEqualTo(new Lag("pg-1", Duration.ofSeconds(7)));
    }

    @Test
    void oneThatHasReplayedAllIsNotBehindHoweverLongNothingIsWritten() {
        standbys.slowest(Map.of("pg-1", new Standby(Duration.ZERO, "0/10", true)), seconds(100));

        assertThat(standbys.slowest(Map.of("pg-1", new Standby(Duration.ZERO, "0/10", true)), seconds(900)))
                .isEqualTo(new Lag("pg-1", Duration.ZERO));
        assertThat(standbys.slowest(Map.of("pg-1", new Standby(Duration.ZERO, "0/10", false)), seconds(901)))
                .isEqualTo(new Lag("pg-1", Duration.ZERO));
        assertThat(standbys.slowest(Map.of("pg-1", new Standby(Duration.ZERO, "0/10", false)), seconds(902)))
                .isEqualTo(new Lag("pg-1", Duration.ofSeconds(2)));
    }

    @Test
    void oneThatWasThereAndIsNotIsGoneUntilItComesBack() {
        Map<String, Standby> one = Map.of("pg-1", new Standby(Duration.ZERO, "0/10", true));
        standbys.slowest(one, 0);

        standbys.slowest(Map.of(), 1);
        assertThat(standbys.gone()).containsExactly("pg-1");

        standbys.slowest(one, 2);
        assertThat(standbys.gone()).isEmpty();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
