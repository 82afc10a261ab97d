package com.fuse.users.metrics;

import com.fuse.users.history.RunSummary;
import com.fuse.users.run.RunLogContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * Pushes what became of a command and its runs to where the settings say, or nowhere. A receiver that does not take it
 * costs a line of the log and a few seconds in all, never the run.
 */
public final class CommandMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(CommandMetrics.class);

    private static final Duration TIME_FOR_ONE = Duration.ofSeconds(3);
    private static final Duration TIME_FOR_FAILURES = Duration.ofSeconds(9);

    private final List<MetricsReceiver> receivers;
    private final Clock clock;
    private Duration timeForFailures = TIME_FOR_FAILURES;

    private CommandMetrics(List<MetricsReceiver> receivers, Clock clock) {
        this.receivers = receivers;
        this.clock = clock;
    }

    /** Loads nothing of Micrometer unless a receiver is configured. */
    public static CommandMetrics configuredBy(Environment settings, Clock clock) {
        List<Function<Environment, Optional<MetricsReceiver>>> known =
                List.of(Pushgateway::configuredBy, OtlpReceiver::configuredBy);
        List<MetricsReceiver> receivers = new ArrayList<>();
        for (Function<Environment, Optional<MetricsReceiver>> receiver : known) {
            try {
                receiver.apply(settings).ifPresent(receivers::add);
            } catch (RuntimeException e) {
                LOG.warn("Metrics are not pushed as configured: {}", describe(e));
            }
        }
        return new CommandMetrics(List.copyOf(receivers), clock);
    }

    /**
     * Pushes, and returns when that is done or given up. Never throws.
     *
     * @param completed the last run of the command; null if there is none that was completed and not pushed yet
     * @param ended null while the command goes on
     */
    public void push(CommandLabels labels, @Nullable RunSummary completed, @Nullable EndedCommand ended) {
        try (RunLogContext logContext = new RunLogContext()) {
            if (completed != null) {
                logContext.bind(completed.run().id());
            }
            for (MetricsReceiver receiver : receivers) {
                if (hasTime()) {
                    push(receiver, labels, new CommandMeters(completed, ended, clock.instant()));
                }
            }
        }
    }

    private void push(MetricsReceiver receiver, CommandLabels labels, CommandMeters meters) {
        long start = System.nanoTime();
        try {
            inTime(() -> receiver.receive(labels, meters));
        } catch (IOException e) {
            timeForFailures = timeForFailures.minusNanos(System.nanoTime() - start);
            LOG.debug("metrics not pushed", e);
            LOG.warn(
                    "Metrics were not pushed to {}: {}{}",
                    receiver.name(),
                    e.getMessage(),
                    hasTime() ? "" : "; given up for this command");
        }
    }

    private boolean hasTime() {
        return timeForFailures.compareTo(Duration.ZERO) > 0;
    }

    /** On a thread of its own: looking a name up, and reading from a server that trickles, have no time-out. */
    private static void inTime(Push push) throws IOException {
        FutureTask<@Nullable Void> task = new FutureTask<>(() -> {
            push.run();
            return null;
        });
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

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private interface Push {
        void run() throws IOException;
    }
}
