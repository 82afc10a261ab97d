package com.fuse.users;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The users 1 to N, each with one row in every table that a deactivation empties and two memberships, so that a user
 * who is half deactivated shows.
 */
public final class Crowd {

    private static final String STATES = """
            select u.id
            from users u
            where u.active = ? and array[
                (select count(*) from auto_login_tokens t where t.user_id = u.id),
                (select count(*) from device_tokens t where t.user_id = u.id),
                (select count(*) from oauth_tokens t where t.user_id = u.id),
                (select count(*) from membership_requests t where t.user_id = u.id),
                (select count(*) from community_memberships t where t.user_id = u.id),
                (select count(*) from certificates t where t.user_id = u.id)] = ?::bigint[]
            order by u.id
            """;

    private final World world;
    private final int size;

    public Crowd(World world, int size) {
        this.world = world;
        this.size = size;
        world.users(1, size);
        for (String table : List.of("auto_login_tokens", "device_tokens", "oauth_tokens")) {
            world.execute(
                    "insert into " + table + " (user_id, token_hash) select id, '" + World.TOKEN_HASH + "' from users");
        }
        world.execute("insert into membership_requests (community_id, user_id) select 3, id from users");
        world.execute("insert into community_memberships (community_id, user_id) select c, id from users,"
                + " generate_series(1, 2) c");
        world.execute("insert into certificates (course_id, user_id) select 10, id from users");
    }

    public int size() {
        return size;
    }

    /** The lines of an input that names all users: user N stands on line N + 1. */
    public String[] lines() {
        return Stream.concat(
                        Stream.of("user_id"),
                        IntStream.rangeClosed(1, size).boxed().map(String::valueOf))
                .toArray(String[]::new);
    }

    /** The IDs from first to last. */
    public static List<Long> ids(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** Who is active and has all that they had. */
    public List<Long> untouched() {
        return states(true, "{1,1,1,1,2,1}");
    }

    /** Who is inactive and has nothing left. */
    public List<Long> deactivated() {
        return states(false, "{0,0,0,0,0,0}");
    }

    /** The lines of {@code outcomes.csv} and the rows of {@code run_outcomes}, if these users were deactivated. */
    public static List<String> outcomes(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(id -> (id + 1) + "," + id + "," + id + ",DEACTIVATED,,")
                .toList();
    }

    /** The recorded outcomes of a run, by line, in the form of {@code outcomes.csv}. */
    public List<String> recordedOutcomes(long run) {
        return world.texts("""
                select concat_ws(',', o.line, r.input, o.user_id, o.outcome,
                                 coalesce(array_to_string(o.community_ids, ';'), ''), coalesce(o.message, ''))
                from fuse_batch.run_outcomes o
                join fuse_batch.run_rows r using (run_id, line)
                where o.run_id = ?
                order by o.line
                """, run);
    }

    /** How many users the chunks of a run say they decided on, and how many rows they say they deleted, by step. */
    public List<String> recordedDeletions(long run) {
        return world.texts("""
                select 'users ' || sum(user_count) from fuse_batch.run_chunks where run_id = ?
                union all
                select key || ' ' || sum(value::bigint)
                from fuse_batch.run_chunks, json_each_text(deleted_rows)
                where run_id = ?
                group by key
                """, run, run);
    }

    /** What {@link #recordedDeletions} gives if so many users were deactivated, of so many decided on. */
    public static List<String> deletions(long users, long deactivated) {
        return List.of(
                "users " + users,
                "auto_login_tokens " + deactivated,
                "device_tokens " + deactivated,
                "oauth_tokens " + deactivated,
                "membership_requests " + deactivated,
                "community_memberships " + 2 * deactivated,
                "certificates " + deactivated);
    }

    /** The lines of {@code removed-memberships.csv} if these users were deactivated. */
    public static List<String> removedMemberships(long first, long last) {
        return Stream.concat(
                        Stream.of("user_id,community_id"),
                        LongStream.rangeClosed(first, last).boxed().flatMap(id -> Stream.of(id + ",1", id + ",2")))
                .toList();
    }

    private List<Long> states(boolean active, String rowCounts) {
        return world.texts(STATES, active, rowCounts).stream()
                .map(Long::valueOf)
                .toList();
    }
}
