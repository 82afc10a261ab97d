package com.fuse.users.crash;

import static java.util.stream.Collectors.joining;

import com.fuse.users.World;
import java.util.List;
import java.util.stream.Stream;

/** Remembers the rows of the users of the input before the run, and so finds users who are only partly changed. */
final class PartialChanges {

    private static final String ACCESS = Stream.concat(World.DELETED.stream(), Stream.of("community_admins"))
            .map(table -> "(select count(*) from public.%1$s t where t.user_id = u.id%2$s)"
                    .formatted(table, table.equals("certificates") ? " and t.course_id in (10, 20)" : ""))
            .collect(joining(",", "array[", "]"));

    private static final String REMEMBER = """
            create table test_sessions.start as
            select u.id, u.active, %s as access from public.users u where u.id <= %d
            """.formatted(ACCESS, MixedCrowd.SIZE);

    /** One statement, so that it sees one snapshot. */
    private static final String PARTLY_CHANGED = """
            select concat_ws(' ', u.id, u.active, now.access, o.outcome)
            from test_sessions.start b
            join public.users u using (id)
            cross join lateral (select %s as access) now
            left join fuse_batch.run_outcomes o on o.user_id = u.id and o.outcome <> 'DUPLICATE'
            where not case when o.outcome = 'DEACTIVATED' then not u.active and 0 = all(now.access)
                           else u.active = b.active and now.access = b.access end
            """.formatted(ACCESS);

    private final World world;

    PartialChanges(World world) {
        this.world = world;
    }

    /** Remembers the current rows. */
    static void rememberStart(World world) {
        world.execute(REMEMBER);
    }

    /** The users who are neither unchanged nor completely deactivated with their outcome recorded. */
    List<String> partlyChanged() {
        return world.texts(PARTLY_CHANGED);
    }
}
