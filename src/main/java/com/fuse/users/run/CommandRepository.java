package com.fuse.users.run;

import com.fuse.users.database.Times;
import com.fuse.users.exit.ExitCode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of commands. A command stays open until it gets through all its inputs, and the same command on the same
 * arguments continues it: so the guard's sum survives a stop, a failure, a kill and a refusal.
 */
public class CommandRepository {

    private static final String OPEN =
            "select id from fuse_batch.commands where command_key = :key and ended_at is null";

    /**
     * A person has dealt with the input at which the command ended: an undo has ended its run, or the input is no
     * longer there, or it was refused and another command has completed it since. Then the sum of this command must not
     * count against the next one. A plan decides every input again, so a plan that was refused is over too.
     */
    private static final String END_IF_SETTLED = """
            update fuse_batch.commands c set ended_at = :now
            where c.command_key = :key and c.ended_at is null
              and exists (
                  select
                  from (
                      select r.*, regexp_replace(r.input_name, '^.*/', '') <> all (:inputs) as gone
                      from fuse_batch.command_runs o
                      join fuse_batch.runs r on r.id = o.run_id
                      where o.command_id = c.id
                      order by o.opened_at desc, o.run_id desc
                      limit 1
                  ) last
                  where last.abandoned
                     or last.gone and last.ended_at is null
                     or last.exit_code in (:refused)
                        and (last.gone
                             or last.dry_run
                             or exists (
                                 select from fuse_batch.runs later
                                 where later.command = last.command and later.input_digest = last.input_digest
                                   and later.id > last.id and not later.dry_run and later.exit_code in (:completed))))
            """;

    /** Another process may create the same command at the same time. */
    private static final String CREATE = """
            insert into fuse_batch.commands (command_key, started_at)
            select :key::bytea, :now::timestamptz where not exists (%s)
            on conflict (command_key) where ended_at is null do nothing
            """.formatted(OPEN);

    private static final String ADD = """
            insert into fuse_batch.command_runs (command_id, run_id, opened_at)
            select id, :run, :now from (%s) command
            on conflict (command_id, run_id) do update set opened_at = excluded.opened_at
            """.formatted(OPEN);

    private final JdbcClient jdbc;
    private final Clock clock;

    public CommandRepository(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Records that the command has opened this run. Continues the command, or records a new one. */
    public void opened(CommandDefinition command, long run) {
        jdbc.sql(END_IF_SETTLED)
                .param("now", Times.now(clock))
                .param("key", command.key().sha256())
                .param("inputs", command.inputNames().toArray(String[]::new))
                .param("refused", List.of(ExitCode.REFUSED.status(), ExitCode.CONFIGURATION.status()))
                .param("completed", List.of(ExitCode.OK.status(), ExitCode.SKIPS.status()))
                .update();
        // A purge may remove a command that has no run yet.
        do {
            execute(CREATE, command, run);
        } while (execute(ADD, command, run) == 0);
    }

    private int execute(String statement, CommandDefinition command, long run) {
        return jdbc.sql(statement)
                .param("now", Times.now(clock))
                .param("key", command.key().sha256())
                .param("run", run)
                .update();
    }

    /** The number of the command; empty if it is not open. */
    public Optional<Long> find(CommandDefinition command) {
        return jdbc.sql(OPEN)
                .param("key", command.key().sha256())
                .query(Long.class)
                .optional();
    }

    /** Ends the command, because it has got through all its inputs. */
    public void end(CommandDefinition command) {
        jdbc.sql("update fuse_batch.commands set ended_at = :now where command_key = :key and ended_at is null")
                .param("now", Times.now(clock))
                .param("key", command.key().sha256())
                .update();
    }

    /** Removes the commands whose runs have all been purged: without runs, a command has no sum to continue. */
    public void purge() {
        jdbc.sql("""
                        delete from fuse_batch.commands c
                        where not exists (select from fuse_batch.command_runs r where r.command_id = c.id)
                        """).update();
    }
}
