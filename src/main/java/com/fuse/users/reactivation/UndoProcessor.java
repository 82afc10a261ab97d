package com.fuse.users.reactivation;

import com.fuse.users.change.Decider;
import com.fuse.users.change.Decision;
import com.fuse.users.change.Outcome;
import com.fuse.users.change.Target;
import com.fuse.users.run.Run;
import com.fuse.users.text.Moments;
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

    private static final String SELECT_TO_COMPLETE =
            """
            select user_id, earlier_undo
            from (
                select r.user_id, %s as earlier_undo
                from fuse_batch.run_users r
                where r.run_id = :run and r.user_id = any(:users) and %s
            ) incomplete
            where earlier_undo is not null
            """.formatted(RemovedMemberships.EARLIER_UNDO, RemovedMemberships.INCOMPLETE);

    private final Run run;
    private final Undo undo;
    private final JdbcClient jdbc;
    private final ReactivationProcessor reactivation;
    private final Map<Long, Instant> deactivatedAt = new HashMap<>();
    private final Map<Long, Long> earlierUndo = new HashMap<>();

    UndoProcessor(Run run, Undo undo, JdbcClient jdbc) {
        this.run = run;
        this.undo = undo;
        this.jdbc = jdbc;
        this.reactivation = new ReactivationProcessor(run, jdbc);
    }

    @Override
    public void lookUp(List<Target> targets) {
        reactivation.lookUp(targets);
        deactivatedAt.clear();
        jdbc.sql(SELECT_DECIDED)
                .param("undone", undo.undoneRunId())
                .param("lines", targets.stream().map(Target::line).toArray(Long[]::new))
                .query(row -> {
                    deactivatedAt.put(
                            row.getLong("line"),
                            row.getObject("decided_at", OffsetDateTime.class).toInstant());
                });
        earlierUndo.clear();
        if (undo.withMemberships()) {
            jdbc.sql(SELECT_TO_COMPLETE)
                    .param("run", run.id())
                    .param("users", Target.userIds(targets).toArray(Long[]::new))
                    .query(row -> {
                        earlierUndo.put(row.getLong("user_id"), row.getLong("earlier_undo"));
                    });
        }
    }

    @Override
    public Decision process(Target target) {
        Instant since = reactivation.inactiveSince(target);
        if (since != null && !since.equals(deactivatedAt.get(target.line()))) {
            return Decision.keep(
                    target,
                    Outcome.ALREADY_INACTIVE,
                    "inactive since %s, which run %d did not do; left alone"
                            .formatted(Moments.of(since), undo.undoneRunId()));
        }
        Long earlier = earlierUndo.get(target.userId());
        if (since == null && earlier != null) {
            return Decision.change(
                    target,
                    Outcome.ALREADY_ACTIVE,
                    "active since run %d; becomes a member again where run %d ended the membership"
                            .formatted(earlier, undo.undoneRunId()),
                    List.of());
        }
        return reactivation.process(target);
    }
}
