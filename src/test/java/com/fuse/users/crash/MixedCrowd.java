package com.fuse.users.crash;

import com.fuse.users.Crowd;
import com.fuse.users.World;
import com.fuse.users.oracle.Input;
import com.fuse.users.oracle.Input.InputRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Users of every kind, and an input in random order that has every outcome of a deactivation that depends on data only.
 * The last digit of an ID determines the kind: 3 is inactive, 4 is an admin, 5 is an admin with a successor. The
 * successor of users whose ID ends in 05 or 55 cannot take over. The successors 9001 and 9002 are not in the input.
 */
final class MixedCrowd {

    static final int SIZE = 800;

    private static final int UNKNOWN = 1_600;
    private static final long SUCCESSOR = 9_001;
    private static final long INACTIVE = 9_002;

    private MixedCrowd() {}

    static void make(World world) {
        new Crowd(world, SIZE);
        world.execute("insert into course_completions (course_id, user_id) select 10, id from users");
        world.execute("insert into certificates (course_id, user_id) select 11, id from users");
        world.execute("insert into content_views (user_id) select id from users, generate_series(1, 2)");
        World.DELETED.forEach(table -> world.execute("delete from " + table + " where user_id % 10 = 3"));
        world.execute("update users set active = false, deactivated_at = '2024-02-03T04:05:06Z' where id % 10 = 3");
        world.execute("insert into community_admins (community_id, user_id) select 2 + id / 10 % 2, id from users"
                + " where id % 10 in (4, 5)");
        world.user(SUCCESSOR);
        world.inactiveUser(INACTIVE, "2024-02-03T04:05:06Z");
    }

    /** Names every user, many of them twice, and some users who do not exist. */
    static Input input(Random random) {
        Stream<InputRow> users = Stream.concat(
                        Crowd.ids(1, SIZE).stream(),
                        LongStream.rangeClosed(1, SIZE / 2).mapToObj(n -> 2 * n))
                .map(MixedCrowd::row);
        Stream<InputRow> unknown =
                Crowd.ids(5_000_001, 5_000_000 + UNKNOWN).stream().map(id -> Input.row(id, ""));
        Stream<InputRow> malformed = Crowd.ids(1, SIZE / 5).stream().map(n -> Input.row(n + ".0", ""));
        List<InputRow> rows = new ArrayList<>(
                Stream.of(users, unknown, malformed).flatMap(some -> some).toList());
        Collections.shuffle(rows, random);
        return Input.ofUserIds(true, rows);
    }

    private static InputRow row(long id) {
        long successor = id % 50 == 5 ? INACTIVE : SUCCESSOR;
        return Input.row(id, id % 10 == 5 ? String.valueOf(successor) : "");
    }
}
