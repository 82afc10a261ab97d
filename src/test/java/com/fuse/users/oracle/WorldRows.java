package com.fuse.users.oracle;

import com.fuse.users.World;
import com.fuse.users.oracle.RandomWorld.Access;
import com.fuse.users.oracle.RandomWorld.Learning;
import com.fuse.users.oracle.RandomWorld.RandomCourse;
import com.fuse.users.oracle.RandomWorld.RandomUser;
import com.fuse.users.oracle.RandomWorld.Standing;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the rows of a world. An inactive user gets only rows that the platform's guards allow. */
final class WorldRows {

    private static final Instant LONG_AGO = Instant.parse("2020-02-29T23:59:59.999999Z");
    private static final int DAY = 86_400;

    /** Above the IDs that the database assigns. */
    private static final long FIRST_ROW_ID = 1_000_000;

    private final RandomWorld world;
    private Platform platform = Platform.empty();
    private long nextId = FIRST_ROW_ID;

    private WorldRows(RandomWorld world) {
        this.world = world;
    }

    static Platform of(RandomWorld world) {
        WorldRows rows = new WorldRows(world);
        rows.make();
        return rows.platform;
    }

    /**
     * Derived from the ID, so that an input can name users without the world. Some are another user's ID, and some differ
     * from another user's name only in case, or in blanks around it.
     */
    static String username(long id) {
        if (id % 3 == 0) {
            return String.valueOf(id - 1);
        }
        return id == 2 ? "USER1" : id == 8 ? "user7 " : "user" + id;
    }

    /** User 4 has none, and that of user 5 differs from that of user 3 only in the blanks around it. */
    static @Nullable String email(long id) {
        return id == 4 ? null : id == 5 ? " usér3@example.org " : "Usér" + id + "@Example.org";
    }

    private void make() {
        for (long id = 1; id <= world.communities(); id++) {
            add("communities", "id name is_global", id, "Community", id == world.global());
        }
        long courseId = 1;
        for (RandomCourse course : world.courses()) {
            String format = course.scorm() ? "scorm" : "video";
            add("courses", "id community_id title format", courseId++, (long) course.community(), "Course", format);
        }
        long userId = 1;
        for (RandomUser user : world.users()) {
            add(userId++, user);
        }
    }

    private void add(long id, RandomUser user) {
        boolean active = user.standing() == Standing.ACTIVE;
        Instant created = LONG_AGO.plusSeconds(id);
        Instant left = active ? null : created.plusSeconds(DAY);
        Instant forgotten = user.standing() == Standing.WITHOUT_PERSONAL_DATA ? created.plusSeconds(2 * DAY) : null;
        String columns = "id username email first_name active created_at deactivated_at personal_data_removed_at";
        add("users", columns, id, username(id), email(id), "Given", active, created, left, forgotten);
        if (active) {
            add(id, user.access());
        }
        add(id, active, user.learning());
        for (int table : user.retained()) {
            // Each table uses the columns that it has.
            add(
                    World.RETAINED.get(table),
                    "id user_id verb viewed_at taken_at happened_at created_at joined_at signed_at may_upload",
                    nextId++,
                    id,
                    "did",
                    LONG_AGO,
                    LONG_AGO,
                    LONG_AGO,
                    LONG_AGO,
                    LONG_AGO,
                    LONG_AGO,
                    false);
        }
    }

    private void add(long id, Access access) {
        for (long community : access.admin()) {
            add("community_admins", "community_id user_id granted_at", community, id, LONG_AGO);
        }
        for (long community : access.member()) {
            add("community_memberships", "community_id user_id joined_at", community, id, LONG_AGO);
        }
        for (long community : access.requests()) {
            String columns = "id community_id user_id requested_at";
            add("membership_requests", columns, nextId++, community, id, LONG_AGO);
        }
        for (int table : access.tokens()) {
            add(World.DELETED.get(table), "id user_id token_hash created_at", nextId++, id, "\\x01", LONG_AGO);
        }
    }

    private void add(long id, boolean active, Learning learning) {
        for (int course : existing(learning.completed())) {
            add("course_completions", "course_id user_id completed_at", (long) course, id, LONG_AGO);
        }
        for (int course : existing(learning.certified())) {
            if (active || !world.courses().get(course - 1).scorm()) {
                add("certificates", "id course_id user_id issued_at", nextId++, (long) course, id, LONG_AGO);
            }
        }
        for (int kind : learning.notifications()) {
            String channel = kind % 2 == 0 ? "push" : "email";
            Instant sent = kind < 2 ? null : LONG_AGO;
            String columns = "id user_id channel body created_at sent_at";
            add("notifications", columns, nextId++, id, channel, "text", LONG_AGO, sent);
        }
    }

    private Iterable<Integer> existing(Set<Integer> courses) {
        return courses.stream()
                .filter(course -> course <= world.courses().size())
                .toList();
    }

    private void add(String table, String columns, @Nullable Object... values) {
        Row row = Row.of();
        String[] names = columns.split(" ");
        for (int i = 0; i < names.length; i++) {
            row = row.with(names[i], values[i]);
        }
        platform = platform.with(table, row);
    }
}
