package com.fuse.users.reactivation;

import com.fuse.users.change.Decider;
import com.fuse.users.change.Decision;
import com.fuse.users.change.Outcome;
import com.fuse.users.change.Target;
import com.fuse.users.run.Run;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Decides like a reactivation, but keeps users who are inactive for another reason than the undone run. A user whom
 * that run deactivated is inactive since the time of the run's outcome for the user.
 */
final class UndoProcessor implements Decider {

    private static final String SELECT_DECIDED = """
            select line, decided_at from fuse_batch.run_outcomes where run_id = :undone and line = any(:lines)
            """;

    private final long undoneRunId;
    private final JdbcClient jdbc;
    private final ReactivationProcessor reactivation;
    private final Map<Long, Instant> deactivatedAt = new HashMap<>();

    UndoProcessor(Run run, long undoneRunId, JdbcClient jdbc) {
        this.undoneRunId = undoneRunId;
        this.jdbc = jdbc;
        this.reactivation = new ReactivationProcessor(run, jdbc);
    }

    @Override
    public void lookUp(List<Target> targets) {
        reactivation.lookUp(targets);
        deactivatedAt.clear();
        jdbc.sql(SELECT_DECIDED)
                .param("undone", undoneRunId)
                .param("lines", targets.stream().map(Target::line).toArray(Long[]::new))
                .query(row -> {
                    deactivatedAt.put(
                            row.getLong("line"),
                            row.getObject("decided_at", OffsetDateTime.class).toInstant());
                });
    }

    @Override
    public Decision process(Target target) {
        Instant since = reactivation.inactiveSince(target);
        if (since != null && !since.equals(deactivatedAt.get(target.line()))) {
            return Decision.keep(
                    target,
                    Outcome.ALREADY_INACTIVE,
                    "inactive since %s, which run %d did not do; left alone".formatted(since, undoneRunId));
        }
        return reactivation.process(target);
    }
}
