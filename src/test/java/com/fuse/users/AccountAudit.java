package com.fuse.users;

import java.util.List;

/**
 * Records by a trigger which login deactivated and reactivated which user in which transaction, so that outcomes can be
 * compared with it.
 */
final class AccountAudit {

    private final World world;
    private final TestDatabase database;

    AccountAudit(World world, TestDatabase database) {
        this.world = world;
        this.database = database;
        world.execute("create table test_sessions.account_changes (user_id bigint, active boolean, login text,"
                + " at timestamptz)");
        world.execute("create index on test_sessions.account_changes (user_id)");
        world.execute("""
                create function test_sessions.audit() returns trigger language plpgsql security definer as $$
                begin
                    insert into test_sessions.account_changes values (new.id, new.active, session_user, clock_timestamp());
                    return null;
                end $$
                """);
        world.execute("create trigger audit after update on users for each row"
                + " when (old.active is distinct from new.active) execute function test_sessions.audit()");
    }

    /**
     * Outcomes that say a user was changed, without exactly one such change by the job. One statement of one
     * (sub)transaction makes both, so that {@code xmin} pairs them.
     */
    List<String> outcomesWithoutChange() {
        return world.texts("""
                select concat_ws(' ', 'run', o.run_id, 'line', o.line, 'user', o.user_id, o.outcome, count(a))
                from fuse_batch.run_outcomes o
                join fuse_batch.runs r on r.id = o.run_id and not r.dry_run
                left join test_sessions.account_changes a
                    on a.user_id = o.user_id and a.xmin = o.xmin and a.login = ?
                    and a.active = (o.outcome = 'REACTIVATED')
                where o.outcome in ('DEACTIVATED', 'REACTIVATED')
                group by o.run_id, o.line, o.user_id, o.outcome
                having count(a) <> 1
                """, database.jobUser());
    }

    /** Changes by the job that no outcome tells of. */
    List<String> changesWithoutOutcome() {
        return world.texts("""
                select a::text
                from test_sessions.account_changes a
                where a.login = ? and not exists (
                    select from fuse_batch.run_outcomes o
                    where o.user_id = a.user_id and o.xmin = a.xmin
                      and o.outcome = case when a.active then 'REACTIVATED' else 'DEACTIVATED' end)
                """, database.jobUser());
    }

    /**
     * Outcomes that say of a user what was not true when it was decided. The job holds the user's lock from before that
     * moment until its commit, so that the last change before it tells.
     */
    List<String> outcomesThatWereNotTrue() {
        return world.texts("""
                select concat_ws(' ', 'run', o.run_id, 'line', o.line, 'user', o.user_id, o.outcome, 'active', s.active)
                from fuse_batch.run_outcomes o
                cross join lateral (
                    select coalesce((
                        select a.active
                        from test_sessions.account_changes a
                        where a.user_id = o.user_id and a.at < o.decided_at and a.xmin <> o.xmin
                        order by a.at desc
                        limit 1), true) as active
                ) s
                where s.active <> (o.outcome in ('DEACTIVATED', 'ALREADY_ACTIVE', 'COMMUNITY_ADMIN', 'INVALID_SUCCESSOR'))
                """);
    }

    /** Users whose last change is not the state that they are in. */
    List<String> statesWithoutChange() {
        return world.texts("""
                select u.id || ' ' || u.active
                from users u
                where u.active <> coalesce((
                    select a.active from test_sessions.account_changes a where a.user_id = u.id order by a.at desc limit 1), true)
                """);
    }
}
