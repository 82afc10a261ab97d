package com.fuse.users.deactivation;

import com.fuse.users.change.Change;
import com.fuse.users.change.Deletion;
import java.util.List;

/**
 * What happens to a user who is deactivated: "The following data is deleted for a deactivated user", entry by entry.
 * Whatever is not in this list is kept.
 */
public final class Deactivation {

    /** "All of the user's SCORM certificates in the Certificates tab are removed." */
    private static final String OF_SCORM_COURSE =
            "exists (select from public.courses c where c.id = t.course_id and c.format = 'scorm')";

    /** The change, for {@link com.fuse.users.change.ChangeWriter}. */
    public static final Change CHANGE = new Change(
            "active = false, deactivated_at = :now",
            List.of(
                    Deletion.ofAll("auto_login_tokens"),
                    Deletion.ofAll("device_tokens"),
                    Deletion.ofAll("oauth_tokens"),
                    Deletion.ofAll("membership_requests"),
                    Deletion.ofAll("community_memberships"),
                    Deletion.where("certificates", OF_SCORM_COURSE)));

    private Deactivation() {}
}
