package com.fuse.users.report;

import com.fuse.users.run.RunLogContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Work that another thread does at the same time. Closing it waits for the end of the work. */
final class Background implements AutoCloseable {

    private final CompletableFuture<Void> work;

    private Background(CompletableFuture<Void> work) {
        this.work = work;
    }

    static Background start(Runnable work) {
        return new Background(CompletableFuture.runAsync(
                work, task -> new Thread(RunLogContext.propagating(task), "report").start()));
    }

    /** Waits for the end of the work, and throws what the work threw. */
    void await() {
        try {
            work.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    @Override
    public void close() {
        work.exceptionally(failure -> null).join();
    }
}
