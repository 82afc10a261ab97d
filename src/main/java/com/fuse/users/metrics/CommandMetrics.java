package com.fuse.users.metrics;

import com.fuse.users.run.RunLogContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * Pushes the figures of a command and its runs to the Pushgateway, if the settings enable one. A gateway that does not
 * accept them costs a warning in the log and a few seconds per command, never the run.
 */
public final class CommandMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(CommandMetrics.class);

    private static final Duration TIME_FOR_ONE = Duration.ofSeconds(3);

    /** A command over many files pushes many times. */
    private static final Duration TIME_FOR_FAILURES = Duration.ofSeconds(9);

    private final @Nullable PushgatewayClient gateway;
    private final Clock clock;
    private Duration timeForFailures = TIME_FOR_FAILURES;

    private CommandMetrics(@Nullable PushgatewayClient gateway, Clock clock) {
        this.gateway = gateway;
        this.clock = clock;
    }

    /** Loads no class of the Prometheus client. Invalid settings are logged and push nothing. */
    public static CommandMetrics configuredBy(Environment settings, Clock clock) {
        try {
            return new CommandMetrics(PushgatewayClient.configuredBy(settings).orElse(null), clock);
        } catch (RuntimeException e) {
            LOG.warn("Metrics are not pushed as configured: {}", describe(e));
            return new CommandMetrics(null, clock);
        }
    }

    /**
     * Returns when the push succeeded or failed. Never throws.
     *
     * @param completed the run that the command completed last; null if there is none, or it was pushed before
     * @param ended null while the command continues
     */
    public void push(CommandLabels labels, @Nullable CompletedRun completed, @Nullable EndedCommand ended) {
        if (gateway != null && hasTime()) {
            try (RunLogContext logContext = new RunLogContext()) {
                if (completed != null) {
                    logContext.bind(completed.summary().run().id());
                }
                push(gateway, labels, new CommandGauges(completed, ended, clock.instant()));
            }
        }
    }

    private void push(PushgatewayClient client, CommandLabels labels, CommandGauges gauges) {
        long start = System.nanoTime();
        try {
            inTime(() -> {
                client.push(labels, gauges.snapshots());
                return null;
            });
        } catch (IOException e) {
            timeForFailures = timeForFailures.minusNanos(System.nanoTime() - start);
            LOG.debug("metrics not pushed", e);
            LOG.warn(
                    "Metrics were not pushed to the Pushgateway at {}: {}{}",
                    client.address(),
                    e.getMessage(),
                    hasTime() ? "" : "; this command does not try again");
        }
    }

    private boolean hasTime() {
        return timeForFailures.compareTo(Duration.ZERO) > 0;
    }

    /** Uses its own thread, because no time-out ends a DNS look-up, or a server that answers byte by byte. */
    private static void inTime(Callable<@Nullable Void> push) throws IOException {
        FutureTask<@Nullable Void> task = new FutureTask<>(push);
        Thread thread = new Thread(task, "metrics");
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(TIME_FOR_ONE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no answer within %d s".formatted(TIME_FOR_ONE.toSeconds()), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(describe(cause), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
