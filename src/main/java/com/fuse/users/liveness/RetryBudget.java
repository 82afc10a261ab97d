package com.fuse.users.liveness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a failed attempt is repeated, and when to give up:
 *
 * <ul>
 *   <li>Waits double, from 0.1 s to 5 s.
 *   <li>They end 40 s after the trouble began.
 *   <li>The trouble began with the first failure since the last commit. If that failure was a wait for an answer, it
 *       began with the database's last answer, but at most 12 s before the failure: a process that was frozen for longer
 *       has had no trouble.
 * </ul>
 *
 * <p>One user may cause an error that is transient as a rule. Therefore a chunk that failed by such an error is
 * remembered until it is committed. Forty seconds after it failed first, the next attempt takes its users one by one,
 * even if other chunks were committed meanwhile.
 *
 * <p>Thread-safe.
 */
public final class RetryBudget {

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** Together with the longest wait and the longest connection attempt, less than a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** The interval of the heartbeat, and the wait for its answer. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(12);

    /** @param failedSince when the chunk failed first */
    private record StuckChunk(UserIds users, long failedSince) {}

    private final LongSupplier nanoTime;
    private final List<StuckChunk> stuckChunks = new ArrayList<>();
    private final List<UserIds> usersToTakeApart = new ArrayList<>();
    private Duration wait = FIRST_WAIT;
    private long lastAnswer;
    private @Nullable Long troubleSince;
    private boolean tookApart;

    public RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastAnswer = nanoTime.getAsLong();
    }

    /** Records that the database answered. */
    public synchronized void databaseAnswered() {
        lastAnswer = nanoTime.getAsLong();
    }

    /** Records a commit. */
    public synchronized void succeeded() {
        databaseAnswered();
        wait = FIRST_WAIT;
        troubleSince = null;
        tookApart = false;
    }

    /** Records that a chunk of these users is committed. */
    public synchronized void succeeded(UserIds users) {
        succeeded();
        stuckChunks.removeIf(chunk -> chunk.users().overlaps(users));
    }

    /**
     * Records that a chunk of these users failed by an error that one of them may cause every time. Another attempt cuts
     * other chunks: the cause is in the users whom the chunks have in common.
     */
    public synchronized void failed(UserIds users) {
        UserIds stuck = users;
        long since = nanoTime.getAsLong();
        for (StuckChunk chunk : List.copyOf(stuckChunks)) {
            if (chunk.users().overlaps(stuck)) {
                stuckChunks.remove(chunk);
                stuck = stuck.common(chunk.users());
                since = Math.min(since, chunk.failedSince());
            }
        }
        stuckChunks.add(new StuckChunk(stuck, since));
    }

    /** Records a wait between two chunks. It is not trouble: earlier trouble counts without the length of the wait. */
    public synchronized void waited(Duration length) {
        if (troubleSince != null) {
            troubleSince = later(troubleSince, length);
        }
        stuckChunks.replaceAll(chunk -> new StuckChunk(chunk.users(), later(chunk.failedSince(), length)));
    }

    /** What began during the wait began before now all the same. */
    private long later(long since, Duration length) {
        return since + Math.min(length.toNanos(), nanoTime.getAsLong() - since);
    }

    /** Records a failure; returns when the trouble began. */
    public synchronized long failed() {
        long now = nanoTime.getAsLong();
        if (troubleSince == null) {
            troubleSince = now - Math.min(now - lastAnswer, LONGEST_SILENCE.toNanos());
        }
        return troubleSince;
    }

    /**
     * How long to wait after a failure before the next attempt; null to give up. Before it gives up, one more attempt takes
     * the users of the chunks that failed one by one.
     */
    public synchronized @Nullable Duration nextWait() {
        if (isOver(failed())) {
            return !tookApart && takeApart(chunk -> true) ? FIRST_WAIT : null;
        }
        takeApart(chunk -> isOver(chunk.failedSince()));
        Duration next = wait;
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
        return next;
    }

    /** The users whom the next attempt takes one by one, before all others; each is returned once. */
    public synchronized List<UserIds> usersToTakeApart() {
        List<UserIds> users = List.copyOf(usersToTakeApart);
        usersToTakeApart.clear();
        return users;
    }

    private boolean takeApart(Predicate<StuckChunk> condition) {
        List<StuckChunk> chunks = stuckChunks.stream().filter(condition).toList();
        stuckChunks.removeAll(chunks);
        chunks.forEach(chunk -> usersToTakeApart.add(chunk.users()));
        tookApart |= !chunks.isEmpty();
        return !chunks.isEmpty();
    }

    private boolean isOver(long since) {
        return nanoTime.getAsLong() - since > PATIENCE.toNanos();
    }
}
