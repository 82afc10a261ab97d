package com.fuse.users.audit;

import com.fuse.users.tables.Deletion;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Verifies a run against the current database (contract, section 4, {@code runs verify}). It reads the users in batches,
 * so memory does not grow with the run. Call it in one transaction with repeatable reads, because the platform works on.
 */
public class RunVerifier {

    private static final int BATCH_SIZE = 10_000;

    /**
     * The reader of the deviations, such as a pager, may be slow, and the server must not end the transaction
     * meanwhile. The transaction only reads, so it blocks no other session's changes.
     */
    private static final String PATIENT = "set local idle_in_transaction_session_timeout = '15min'";

    /**
     * Whether a run {@code r} has an outcome {@code o} of a user that meets the condition. OFFSET keeps the look-up on the
     * keys of the runs' tables, even before the tables have statistics.
     */
    private static final String IN_A_RUN = """
            exists (
                select from fuse_batch.runs r
                cross join lateral (
                    select o.outcome, o.decided_at
                    from fuse_batch.run_users named
                    join fuse_batch.run_outcomes o on o.run_id = named.run_id and o.line = named.line
                    where named.run_id = r.id and named.user_id = %s
                    offset 0
                ) o
                where %s)""";

    /** A later run explains a state whatever its time, because each machine has its own clock. */
    private static final String STATES = """
            with batch as (
                select line, user_id, decided_at
                from fuse_batch.run_outcomes
                where run_id = :run and outcome = 'DEACTIVATED' and line > :after
                order by line
                limit :size
            )
            select b.line, b.user_id,
                   case
                       when u.id is null then 'DELETED_BY_PLATFORM'
                       when u.deactivated_at = b.decided_at then 'INACTIVE'
                       when u.deactivated_at > b.decided_at then 'DEACTIVATED_AGAIN'
                       when not u.active and %s then 'DEACTIVATED_AGAIN'
                       when not u.active then 'INACTIVE_UNEXPLAINED'
                       when %s then 'REACTIVATED_BY_RUN'
                       when exists (
                           select from public.community_memberships m
                           join public.communities c on c.id = m.community_id and c.is_global
                           where m.user_id = b.user_id and m.joined_at >= b.decided_at) then 'REACTIVATED_BY_PLATFORM'
                       else 'ACTIVE_UNEXPLAINED'
                   end as state
            from batch b
            left join public.users u on u.id = b.user_id
            order by b.line
            """.formatted(
            IN_A_RUN.formatted(
                    "b.user_id", "r.id > :run and o.outcome = 'DEACTIVATED' and o.decided_at = u.deactivated_at"),
            IN_A_RUN.formatted(
                    "b.user_id",
                    "not r.dry_run and o.outcome = 'REACTIVATED'"
                            + " and (r.id > :run or o.decided_at >= b.decided_at)"));

    /**
     * The candidates come first, because the look-up of other outcomes would otherwise run for every user. If the database
     * has set the times itself, the outcomes have them and the chunks do not.
     */
    private static final String WITHOUT_OUTCOME =
            """
            with moments as (
                select committed_at as at from fuse_batch.run_chunks where run_id = :run
                union
                select decided_at from fuse_batch.run_outcomes where run_id = :run and outcome = 'DEACTIVATED'
            ),
            candidate as materialized (
                select u.id, u.deactivated_at
                from public.users u
                where u.deactivated_at in (select at from moments)
                  and u.id not in (
                      select user_id from fuse_batch.run_outcomes
                      where run_id = :run and user_id is not null and outcome = 'DEACTIVATED')
            )
            select c.id
            from candidate c
            where not %s
            order by c.id
            """.formatted(IN_A_RUN.formatted("c.id", "o.outcome = 'DEACTIVATED' and o.decided_at = c.deactivated_at"));

    private final JdbcClient jdbc;
    private final List<Deletion> deletions;

    /** @param deletions the deletions that a deactivation makes for each user */
    public RunVerifier(JdbcClient jdbc, List<Deletion> deletions) {
        this.jdbc = jdbc;
        this.deletions = deletions;
    }

    /**
     * Verifies the run, which must be a run of deactivate that changed users.
     *
     * @param deviations takes each deviation in a sentence, as soon as it is found
     */
    public Verification verify(long run, Consumer<String> deviations) {
        jdbc.sql(PATIENT).update();
        Findings findings = new Findings(deviations);
        long after = 0;
        List<User> batch = batch(run, after);
        while (!batch.isEmpty()) {
            batch.forEach(findings::add);
            findRowsLeft(batch, findings);
            after = batch.get(batch.size() - 1).line();
            batch = batch(run, after);
        }
        jdbc.sql(WITHOUT_OUTCOME).withFetchSize(BATCH_SIZE).param("run", run).query(row -> {
            findings.deviates(
                    "user %d was deactivated in a chunk of the run, but has no outcome".formatted(row.getLong("id")));
        });
        return findings.verification();
    }

    private List<User> batch(long run, long after) {
        return jdbc.sql(STATES)
                .param("run", run)
                .param("after", after)
                .param("size", BATCH_SIZE)
                .query((row, number) -> new User(
                        row.getLong("line"), row.getLong("user_id"), UserState.valueOf(row.getString("state"))))
                .list();
    }

    private void findRowsLeft(List<User> batch, Findings findings) {
        Long[] inactive = batch.stream()
                .filter(user -> user.state().isInactive())
                .map(User::userId)
                .toArray(Long[]::new);
        for (Deletion deletion : deletions) {
            jdbc.sql(deletion.leftInPlace() + " group by t.user_id order by t.user_id")
                    .param("users", inactive)
                    .query(row -> {
                        findings.deviates("user %d is inactive, but has rows in %s"
                                .formatted(row.getLong("user_id"), deletion.table()));
                    });
        }
    }

    private record User(long line, long userId, UserState state) {}

    private static final class Findings {

        private final Map<UserState, Long> users = new EnumMap<>(UserState.class);
        private final Consumer<String> deviations;
        private long count;

        Findings(Consumer<String> deviations) {
            this.deviations = deviations;
        }

        void add(User user) {
            users.merge(user.state(), 1L, Long::sum);
            if (!user.state().deviation().isEmpty()) {
                deviates("line %d, user %d: %s"
                        .formatted(user.line(), user.userId(), user.state().deviation()));
            }
        }

        void deviates(String sentence) {
            count++;
            deviations.accept(sentence);
        }

        Verification verification() {
            return new Verification(users, count);
        }
    }
}
