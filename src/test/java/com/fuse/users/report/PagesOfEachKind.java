package com.fuse.users.report;

import com.fuse.users.Crowd;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The pages of a plan; its run with two attempts, skips of several kinds and a long user ID; its undo; a refused run; and a run of 60
 * unknown users.
 */
final class PagesOfEachKind implements AutoCloseable {

    static final int PLAN = 1;
    static final int RUN = 2;
    static final int UNDO = 3;
    static final int REFUSED = 4;
    static final int UNKNOWN = 5;

    private final Path folder;
    private final TestDatabase database;

    PagesOfEachKind(Path folder) {
        this.folder = folder;
        database = TestDatabase.create();
        World world = new World(database);
        FuseUsers fuseUsers = new FuseUsers(database, folder);
        Crowd crowd = new Crowd(world, 1_200);
        for (long community = 101; community <= 130; community++) {
            world.community(community);
            world.execute(
                    "insert into community_memberships (community_id, user_id) select ?, id from users where id % ? = 0",
                    community, community - 90);
        }
        world.users(5_001, 5_040);
        for (long community = 101; community <= 112; community++) {
            world.admin(5_001, community);
        }
        world.admin(5_002, 2);
        world.execute("update users set active = false, deactivated_at = '2024-02-03 04:05:06Z' where id > 5010");
        List<String> lines = new ArrayList<>(List.of(crowd.lines()));
        LongStream.rangeClosed(5_001, 5_059).mapToObj(String::valueOf).forEach(lines::add);
        lines.addAll(List.of(
                String.valueOf(Long.MAX_VALUE),
                "1",
                "2",
                "2",
                "12345.0",
                "\"<script>document.title='owned'</script>\"",
                "\"a\u202eb\""));
        String input = fuseUsers.input("leavers of 2026-11.csv", lines.toArray(String[]::new));
        fuseUsers.run("deactivate", "--dry-run", "--chunk-size", "50", "--max-percent", "100", input);
        world.admin(5_003, 3);
        world.breakChunksAfter(9);
        fuseUsers.run("deactivate", "--plan", "1", "--yes", "--chunk-size", "50", "--max-percent", "100", input);
        world.mendChunks();
        fuseUsers.run("deactivate", "--plan", "1", "--yes", "--chunk-size", "50", "--max-percent", "100", input);
        slowDown(world);
        fuseUsers.run("undo", "--with-memberships", "--yes", "--chunk-size", "50", "2");
        fuseUsers.run("runs", "report", "2");
        fuseUsers.run("deactivate", "--yes", "--max-users", "1000", "--reason", "CHG-123", input);
        fuseUsers.run("runs", "report", "4");
        String[] unknown =
                LongStream.rangeClosed(6_001, 6_060).mapToObj(String::valueOf).toArray(String[]::new);
        fuseUsers.run("deactivate", "--yes", fuseUsers.input("unknown.csv", unknown));
    }

    /** A hundredfold, because a shorter run has no chart. */
    private static void slowDown(World world) {
        world.execute("""
                with run as (
                    select job_instance_id, started_at at time zone 'UTC' as start from fuse_batch.runs where id = ?
                ), execution as (
                    update fuse_batch.batch_job_execution e
                    set start_time = start + (e.start_time - start) * 100, end_time = start + (e.end_time - start) * 100
                    from run
                    where e.job_instance_id = run.job_instance_id
                    returning e.job_execution_id, run.start
                )
                update fuse_batch.batch_step_execution s
                set start_time = start + (s.start_time - start) * 100, end_time = start + (s.end_time - start) * 100
                from execution
                where s.job_execution_id = execution.job_execution_id
                """, RUN);
        world.execute("""
                update fuse_batch.run_chunks c
                set committed_at = r.started_at + (c.committed_at - r.started_at) * 100
                from fuse_batch.runs r
                where r.id = c.run_id and r.id = ?
                """, RUN);
    }

    Path page(int run) {
        return folder.resolve("reports/run-" + run).resolve("report.html");
    }

    @Override
    public void close() {
        database.close();
    }
}
