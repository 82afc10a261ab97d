package com.fuse.users.history.attempt;

import com.fuse.users.World;

/** Rewrites the recorded times of a test's only run, so that its figures are exact. */
final class SteadyChunks {

    private SteadyChunks() {}

    /** Every attempt takes four seconds per chunk, commits at the end of each, and starts on a minute of its own. */
    static void ofFourSeconds(World world) {
        world.execute("""
                update fuse_batch.run_chunks c
                set committed_at = timestamptz '2025-01-01 00:00:00+00' + c.attempt * interval '1 minute'
                    + place.number * interval '4 seconds'
                from (
                    select id, row_number() over (partition by attempt order by id) as number from fuse_batch.run_chunks
                ) place
                where place.id = c.id
                """);
        world.execute("""
                with attempt as (
                    select job_execution_id, timestamp '2025-01-01 00:00:00' + number * interval '1 minute' as start,
                           (select count(*) from fuse_batch.run_chunks c where c.attempt = number)
                               * interval '4 seconds' as length
                    from (
                        select job_execution_id, row_number() over (order by job_execution_id) as number
                        from fuse_batch.batch_job_execution
                    ) execution
                ), job as (
                    update fuse_batch.batch_job_execution e
                    set start_time = a.start, end_time = a.start + a.length, last_updated = a.start + a.length
                    from attempt a
                    where a.job_execution_id = e.job_execution_id
                )
                update fuse_batch.batch_step_execution s
                set start_time = case when s.step_name = 'report' then a.start + a.length else a.start end,
                    end_time = case when s.step_name in ('stage', 'preflight') then a.start else a.start + a.length end,
                    last_updated = a.start + a.length
                from attempt a
                where a.job_execution_id = s.job_execution_id
                """);
    }
}
