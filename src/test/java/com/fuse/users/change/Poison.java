package com.fuse.users.change;

import static java.util.stream.Collectors.joining;

import com.fuse.users.World;
import java.util.stream.LongStream;

/** A trigger of another program that raises an error for some users. */
public record Poison(String kind, String when, String userId) {

    /** Refuses the update of a user. */
    public static final Poison OF_UPDATES = new Poison("trigger", "before update on users", "new.id");

    /**
     * Makes the trigger.
     *
     * @param raise what follows PL/pgSQL's {@code raise exception}; the variable {@code refused} is the user's ID
     */
    public void raise(World world, String raise, long... users) {
        run(world, "raise exception " + raise, users);
    }

    /** Makes the trigger, with this statement of PL/pgSQL. */
    void run(World world, String statement, long... users) {
        world.execute("""
                create function test_sessions.refuse() returns trigger language plpgsql as $$
                declare
                    refused bigint := %s;
                begin
                    %s;
                    return coalesce(new, old);
                end $$
                """.formatted(userId, statement));
        world.execute("create %s refuse %s for each row when (%s in (%s)) execute function test_sessions.refuse()"
                .formatted(
                        kind,
                        when,
                        userId,
                        LongStream.of(users).mapToObj(String::valueOf).collect(joining(", "))));
    }

    /** Refuses these users as a check constraint does, and names the user and, in its detail, the e-mail address. */
    void hold(World world, long... users) {
        raise(
                world,
                "'user % is on hold', refused"
                        + " using errcode = 'check_violation', detail = 'user' || refused || '@example.org'",
                users);
    }
}
