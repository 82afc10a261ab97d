package com.fuse.users.change;

import com.fuse.users.text.Counts;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stops a run whose users the database refuses without exception: a trigger that fails for everybody is the platform's
 * fault, and a report of a million refusals helps nobody. A run that changed a user, or could change another one, is never
 * stopped.
 */
public record RefusalLimit(JdbcClient jdbc, long runId) {

    /** Fewer may be the whole input, each with a reason of its own. */
    private static final int LIMIT = 1_000;

    private static final List<String> CHANGED =
            Outcome.changes().stream().map(Outcome::name).toList();

    /** An undo that completes memberships changes users who stay active. */
    private static final String CHANGED_NONE = """
            not exists (
                select from fuse_batch.run_outcomes
                where run_id = :run
                  and (outcome in (:changed) or added_community_ids is not null or added_course_ids is not null))""";

    private static final String REFUSED_ALL = "select " + CHANGED_NONE + """
             and :limit <= (
                select count(*)
                from (
                    select from fuse_batch.run_outcomes where run_id = :run and outcome = 'FAILED' limit :limit
                ) refused)
            """;

    /** The decisions on users; the outcomes of other rows are recorded by the staging step and stay. */
    private static final String DELETE_DECISIONS = """
            delete from fuse_batch.run_outcomes o
            using fuse_batch.run_users u
            where o.run_id = :run and u.run_id = :run and u.line = o.line
            """;

    /**
     * Call it after the outcomes of a chunk are recorded, if no user of the chunk was changed.
     *
     * @param last the decision on the user who was refused last
     * @param refusesOthers whether the database would refuse users who are still undecided; asked at the limit only
     * @throws AllRefusedException if the limit is reached
     */
    void check(Decision last, BooleanSupplier refusesOthers) {
        boolean reached = jdbc.sql(REFUSED_ALL)
                .param("run", runId)
                .param("changed", CHANGED)
                .param("limit", LIMIT)
                .query(Boolean.class)
                .single();
        if (reached && refusesOthers.getAsBoolean()) {
            throw new AllRefusedException("the database refuses every user, %s so far; user %d: %s"
                    .formatted(Counts.figure(LIMIT), last.target().userId(), last.message()));
        }
    }

    /**
     * Removes the decisions of the run and the record of its chunks, so that the same command decides again. Returns
     * false, and removes nothing, if a user was changed after all.
     */
    public boolean withdraw() {
        boolean changedNone = jdbc.sql("select " + CHANGED_NONE)
                .param("run", runId)
                .param("changed", CHANGED)
                .query(Boolean.class)
                .single();
        if (changedNone) {
            jdbc.sql(DELETE_DECISIONS).param("run", runId).update();
            jdbc.sql("delete from fuse_batch.run_chunks where run_id = :run")
                    .param("run", runId)
                    .update();
        }
        return changedNone;
    }
}
