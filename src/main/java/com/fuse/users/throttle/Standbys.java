package com.fuse.users.throttle;

import com.fuse.users.throttle.Health.Standby;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the standbys from check to check. The server knows a standby's lag only from its answers, so the lag of one that
 * is frozen does not grow there; and a standby that is stopped disappears. Not thread-safe.
 */
final class Standbys {

    /**
     * @param name the name of the standby
     * @param lag how far it is behind
     */
    record Lag(String name, Duration lag) {}

    /** Between two checks, a standby may be behind without being slow. */
    private static final Duration STANDING = Duration.ofSeconds(2);

    private record Position(String replayed, long since) {}

    private final Map<String, Position> positions = new LinkedHashMap<>();
    private final List<String> gone = new ArrayList<>();

    /**
     * The slowest standby; null if there is none.
     *
     * @param now the time of the check, in nanoseconds
     */
    @Nullable
    Lag slowest(Map<String, Standby> standbys, long now) {
        positions.keySet().stream()
                .filter(name -> !standbys.containsKey(name) && !gone.contains(name))
                .forEach(gone::add);
        gone.removeAll(standbys.keySet());
        Lag slowest = null;
        for (Map.Entry<String, Standby> entry : standbys.entrySet()) {
            Duration lag = lag(entry.getKey(), entry.getValue(), now);
            if (slowest == null || lag.compareTo(slowest.lag()) > 0) {
                slowest = new Lag(entry.getKey(), lag);
            }
        }
        return slowest;
    }

    /** The standbys that were there before and are not now. */
    List<String> gone() {
        return List.copyOf(gone);
    }

    private Duration lag(String name, Standby standby, long now) {
        Position last = positions.get(name);
        if (last == null || standby.caughtUp() || !last.replayed().equals(standby.replayed())) {
            positions.put(name, new Position(standby.replayed(), now));
            // The server shows the last lag for a while after a standby has caught up.
            return standby.caughtUp() ? Duration.ZERO : standby.lag();
        }
        Duration standing = Duration.ofNanos(now - last.since());
        return standing.compareTo(STANDING) >= 0 && standing.compareTo(standby.lag()) > 0 ? standing : standby.lag();
    }
}
