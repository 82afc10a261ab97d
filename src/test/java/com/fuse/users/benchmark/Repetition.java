package com.fuse.users.benchmark;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Repeats a task in the background of a measurement, with a pause of a few milliseconds, until it is closed. */
final class Repetition {

    private static final Duration BETWEEN = Duration.ofMillis(5);

    /** Done once with each number from 1 on. */
    interface Task {
        void accept(long number) throws Exception;
    }

    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private volatile boolean ended;

    Repetition(String name, Task task) {
        new Thread(() -> repeat(task), name).start();
    }

    private void repeat(Task task) {
        try {
            for (long number = 1; !ended; number++) {
                task.accept(number);
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
            done.complete(null);
        } catch (Throwable e) {
            done.completeExceptionally(e);
        }
    }

    /** Waits for the last time, and throws what any of them threw. */
    void end() {
        ended = true;
        done.join();
    }
}
