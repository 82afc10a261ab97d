package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackgroundTest {

    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void theWorkIsDoneAtTheSameTime() {
        try (Background background = Background.start(this::work)) {
            mayEnd.countDown();
            background.await();

            assertThat(ended).isTrue();
        }
    }

    @Test
    void waitingThrowsWhatTheWorkThrew() {
        IllegalStateException failure = new IllegalStateException("the disk is full");
        try (Background background = Background.start(() -> {
            throw failure;
        })) {
            assertThatThrownBy(background::await).isSameAs(failure);
        }
    }

    /** Closes while the work goes on: it ends only after the caller has begun to wait. */
    @Test
    void closingWaitsForTheEndOfTheWork() {
        Background background = Background.start(this::work);
        Thread caller = Thread.currentThread();
        new Thread(() -> {
                    while (caller.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                    mayEnd.countDown();
                })
                .start();

        background.close();

        assertThat(ended).isTrue();
    }

    @Test
    void closingThrowsNothing() {
        Background background = Background.start(() -> {
            throw new IllegalStateException("the disk is full");
        });

        assertThatCode(background::close).doesNotThrowAnyException();
    }

    private void work() {
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        ended.set(true);
    }
}
