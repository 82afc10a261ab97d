package com.fuse.users.deactivation;

import com.fuse.users.tables.Deletion;
import java.util.List;
import java.util.stream.Stream;

/** The tables whose rows a deactivation keeps, because the specification says so. */
public final class RetainedData {

    /** "The following data is retained", and the courses that the user has completed. */
    private static final List<String> TABLES = List.of(
            "content_views",
            "profile_views",
            "assessment_results",
            "assignments",
            "community_settings",
            "activities",
            "favourites",
            "profile_favourites",
            "user_group_memberships",
            "content_signatures",
            "admin_group_memberships",
            "public_activities",
            "course_completions",
            "notifications");

    private RetainedData() {}

    /** Every table of the platform that refers to users, whether its rows are deleted or kept. */
    public static List<String> knownTables() {
        return Stream.concat(TABLES.stream(), guardedTables().stream()).toList();
    }

    /** The tables in which an inactive user can have no row. */
    public static List<String> guardedTables() {
        return Deactivation.deletions().stream().map(Deletion::table).distinct().toList();
    }
}
