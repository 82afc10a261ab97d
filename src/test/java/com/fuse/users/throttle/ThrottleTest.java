package com.fuse.users.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final Trouble TROUBLE = new Trouble(WaitReason.QUERY, "the throttle query returns 1");

    private static final Trouble BLOCKED = new Trouble(WaitReason.BLOCKED, "blocked");

    private final AtomicLong nanos = new AtomicLong();
    private final Throttle throttle = new Throttle(nanos::get);

    @Test
    void letsEveryChunkBeginWhileAllIsWell() {
        throttle.checked(null);

        assertThat(chunks()).isEqualTo(1_000);
    }

    @Test
    void waitsAtOnce() {
        throttle.checked(TROUBLE);

        assertThat(chunks()).isZero();
    }

    @Test
    void goesOnAfterThreeGoodChecksInARow() {
        throttle.checked(TROUBLE);
        throttle.checked(null);
        throttle.checked(null);
        throttle.checked(TROUBLE);
        throttle.checked(null);
        throttle.checked(null);
        assertThat(chunks()).isZero();

        throttle.checked(null);

        assertThat(chunks()).isEqualTo(1);
    }

    @Test
    void startsWithOneChunkUntilTheNextCheckAndDoublesThemWithEachGoodOne() {
        throttle.checked(TROUBLE);
        for (int check = 0; check < 3; check++) {
            throttle.checked(null);
        }

        for (int allowed = 1; allowed <= 32; allowed *= 2) {
            assertThat(chunks()).isEqualTo(allowed);
            throttle.checked(null);
        }
        assertThat(chunks()).isEqualTo(1_000);
    }

    /** Without a partition that waits, there is trouble but no wait. */
    @Test
    void measuresTheWholeWaitOfAPartitionAlsoIfItsReasonChanges() {
        nanos.set(Duration.ofSeconds(4).toNanos());
        throttle.checked(TROUBLE);
        assertThat(throttle.waitingFor()).isNull();
        assertThat(throttle.waited()).isZero();
        nanos.set(Duration.ofSeconds(10).toNanos());

        int[] looks = {0};
        throttle.awaitTurn(() -> {
            if (++looks[0] == 2) {
                nanos.set(Duration.ofSeconds(14).toNanos());
                throttle.checked(BLOCKED);
                nanos.set(Duration.ofSeconds(15).toNanos());
                assertThat(throttle.waitingFor()).isEqualTo(BLOCKED);
                assertThat(throttle.waited()).isEqualTo(Duration.ofSeconds(5));
            }
            return looks[0] == 2;
        });

        assertThat(looks[0]).isEqualTo(2);
        assertThat(throttle.waitingFor()).isNull();
    }

    @Test
    void partitionsThatWaitAtTheSameTimeAreOneWaitFromTheFirstToTheLast() {
        throttle.checked(TROUBLE);

        waitingFor(10, () -> {
            waitingFor(20, () -> {});
            assertThat(throttle.waitingFor()).isEqualTo(TROUBLE);
            assertThat(throttle.waited()).isEqualTo(Duration.ofSeconds(30));
        });

        assertThat(throttle.waitingFor()).isNull();
    }

    /** A partition waits for so many seconds, and then something happens before it is stopped. */
    private void waitingFor(int seconds, Runnable then) {
        int[] looks = {0};
        throttle.awaitTurn(() -> {
            if (++looks[0] == 2) {
                nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
                then.run();
            }
            return looks[0] == 2;
        });
    }

    @Test
    void aStopEndsTheWaitAndTheRest() {
        throttle.checked(TROUBLE);

        throttle.awaitTurn(() -> true);
        throttle.rest(Duration.ofDays(1), () -> true);

        assertThat(throttle.waitingFor()).isNull();
    }

    /** How many chunks may begin until the next check, up to 1,000. */
    private int chunks() {
        int begun = 0;
        int[] looks = {0};
        while (begun < 1_000) {
            looks[0] = 0;
            // A chunk that may begin does so at the first look; one that must wait is given up at the second.
            throttle.awaitTurn(() -> ++looks[0] > 1);
            if (looks[0] > 1) {
                return begun;
            }
            begun++;
        }
        return begun;
    }
}
