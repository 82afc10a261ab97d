package com.fuse.users.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A transaction changes as many users as take 70 ms, by what the one before took. */
class SliceSizeTest {

    private long now = 7_000_000_000L;
    private final SliceSize size = SliceSize.found(() -> now);

    @Test
    void beginsSmallAndAtMostDoubles() {
        assertThat(size.next()).isEqualTo(500);
        took(500, 10);
        assertThat(size.next()).isEqualTo(1_000);
        took(1_000, 20);
        assertThat(size.next()).isEqualTo(2_000);
    }

    @Test
    void settlesWhereASliceTakesSeventyMilliseconds() {
        for (int slice = 0; slice < 5; slice++) {
            int users = size.next();
            now += TimeUnit.SECONDS.toNanos(3);
            size.begin(users);
            now += users * TimeUnit.MICROSECONDS.toNanos(56);
        }

        assertThat(size.next()).isEqualTo(1_250);
    }

    @Test
    void isCutDownAtOnceWhereASliceTookTooLong() {
        assertThat(size.next()).isEqualTo(500);
        took(500, 280);
        assertThat(size.next()).isEqualTo(125);
    }

    @Test
    void goesByTheUsersThatASliceHeld() {
        assertThat(size.next()).isEqualTo(500);
        took(50, 28);
        assertThat(size.next()).isEqualTo(125);
    }

    @Test
    void staysWithinItsBounds() {
        for (int slice = 0; slice < 10; slice++) {
            took(size.next(), 1);
        }
        assertThat(size.next()).isEqualTo(5_000);
        took(5_000, 60_000);
        assertThat(size.next()).isEqualTo(50);
    }

    @Test
    void anEmptySliceTellsNothing() {
        size.begin(0);
        now += TimeUnit.HOURS.toNanos(1);

        assertThat(size.next()).isEqualTo(500);
    }

    @Test
    void aSizeThatIsAskedForStays() {
        SliceSize fixed = SliceSize.fixed(3);
        fixed.begin(3);

        assertThat(fixed.next()).isEqualTo(3);
    }

    private void took(int users, long millis) {
        size.begin(users);
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
