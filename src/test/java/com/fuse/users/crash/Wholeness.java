package com.fuse.users.crash;

import static java.util.stream.Collectors.joining;

import com.fuse.users.World;
import java.util.List;
import java.util.stream.Stream;

/** Knows what everybody whom the input names had in the beginning, and so finds who is halfway in between. */
final class Wholeness {

    private static final String ACCESS = Stream.concat(World.DELETED.stream(), Stream.of("community_admins"))
            .map(table -> "(select count(*) from public.%1$s t where t.user_id = u.id%2$s)"
                    .formatted(table, table.equals("certificates") ? " and t.course_id in (10, 20)" : ""))
            .collect(joining(",", "array[", "]"));

    private static final String REMEMBER = """
            create table test_sessions.beginning as
            select u.id, u.active, %s as access from public.users u where u.id <= %d
            """.formatted(ACCESS, MixedCrowd.SIZE);

    /** One statement, so that it sees one moment. */
    private static final String HALFWAY = """
            select concat_ws(' ', u.id, u.active, now.access, o.outcome)
            from test_sessions.beginning b
            join public.users u using (id)
            cross join lateral (select %s as access) now
            left join fuse_batch.run_outcomes o on o.user_id = u.id and o.outcome <> 'DUPLICATE'
            where not case when o.outcome = 'DEACTIVATED' then not u.active and 0 = all(now.access)
                           else u.active = b.active and now.access = b.access end
            """.formatted(ACCESS);

    private final World world;

    Wholeness(World world) {
        this.world = world;
    }

    /** Remembers how it is now. */
    static void begin(World world) {
        world.execute(REMEMBER);
    }

    /** Who is neither as in the beginning nor deactivated whole and with the outcome on record. */
    List<String> halfway() {
        return world.texts(HALFWAY);
    }
}
