package com.fuse.users.crash;

import com.fuse.users.World;
import java.util.List;

/**
 * Records by triggers which transaction changed which user and recorded which outcome. One transaction must change a
 * user, record the outcome, and record the chunk.
 */
final class TransactionLog {

    private static final String[] STATEMENTS = {
        """
        create table test_sessions.logged (
            transaction text not null, relation text not null, user_id bigint, user_count integer not null)
        """, """
        create function test_sessions.log() returns trigger language plpgsql security definer as $$
        begin
            execute format(
                'insert into test_sessions.logged (transaction, relation, user_id, user_count)'
                ' select pg_current_xact_id()::text, %L, user_id, user_count from (%s) rows',
                tg_table_name, tg_argv[0]);
            return null;
        end $$
        """, """
        create trigger log after update on public.users
            referencing old table as old_rows new table as new_rows for each statement
            execute function test_sessions.log(
                'select id as user_id, 1 as user_count from old_rows o join new_rows n using (id) where o.active and not n.active')
        """, """
        create trigger log after insert on fuse_batch.run_outcomes
            referencing new table as new_rows for each statement
            execute function test_sessions.log(
                'select user_id, 1 as user_count from new_rows where outcome not in (''DUPLICATE'', ''MALFORMED'')')
        """, """
        create trigger log after insert on fuse_batch.run_chunks
            referencing new table as new_rows for each statement
            execute function test_sessions.log('select null::bigint as user_id, user_count from new_rows')
        """,
    };

    private static final String OF_DELETIONS = """
            create trigger log after delete on public.%s
                referencing old table as old_rows for each statement
                execute function test_sessions.log('select user_id, 1 as user_count from old_rows')
            """;

    private static final String CONTRADICTIONS = """
            select format('user %s: %s transactions, %s outcomes, %s deactivations',
                          user_id, count(distinct transaction), outcomes, deactivations)
            from test_sessions.logged
            join (
                select user_id,
                       count(*) filter (where relation = 'run_outcomes') as outcomes,
                       count(*) filter (where relation = 'users') as deactivations
                from test_sessions.logged
                group by user_id
            ) counts using (user_id)
            left join fuse_batch.run_outcomes o using (user_id)
            where o.outcome is distinct from 'DUPLICATE'
            group by user_id, outcomes, deactivations, o.outcome
            having count(distinct transaction) <> 1 or outcomes <> 1
                or deactivations <> (o.outcome = 'DEACTIVATED')::int
            union all
            select format('transaction %s: %s outcomes, %s on record', transaction, outcomes, recorded)
            from (
                select transaction,
                       count(*) filter (where relation = 'run_outcomes') as outcomes,
                       coalesce(sum(user_count) filter (where relation = 'run_chunks'), 0) as recorded
                from test_sessions.logged
                group by transaction
            ) chunks
            where outcomes <> recorded
            """;

    private final World world;

    TransactionLog(World world) {
        this.world = world;
    }

    /** Creates the triggers. */
    static void install(World world) {
        for (String statement : STATEMENTS) {
            world.execute(statement);
        }
        World.DELETED.forEach(table -> world.execute(OF_DELETIONS.formatted(table)));
        world.execute(OF_DELETIONS.formatted("community_admins"));
    }

    /** Users and transactions that break the rule of one transaction for a user, an outcome and a chunk. */
    List<String> contradictions() {
        return world.texts(CONTRADICTIONS);
    }

    /** The number of recorded transactions. */
    long transactions() {
        return world.count("select count(distinct transaction) from test_sessions.logged");
    }
}
