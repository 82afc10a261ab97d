package com.fuse.users.deactivation;

import com.fuse.users.tables.Deletion;
import com.fuse.users.tables.NotBack;
import java.util.List;

/**
 * "The following data is deleted for a deactivated user", one entry per table. All other data is kept.
 *
 * <p>An entry is all that a deactivation step needs in the program: its statement, plan, question, rights, report and
 * the note on what an undo does not bring back follow from it. In the database it needs the right to delete: add a new
 * migration that grants it, and that adds the triggers which protect the table.
 */
public final class DeletedData {

    private static final NotBack SIGN_IN_AGAIN =
            NotBack.never("Tokens and membership requests never come back: users sign in and ask again.");

    private static final NotBack MEMBERSHIPS_ON_REQUEST = NotBack.partly(
            "Memberships of other communities than the global one come back by \"undo --with-memberships %1$d\", also"
                    + " later; removed-memberships.csv of run %1$d lists them.",
            "Memberships are not re-added for users who came back in another way, nor where the community is"
                    + " gone; removed-memberships.csv of run %d lists them all.");

    private static final NotBack REISSUE_CERTIFICATES = NotBack.partly(
            "Certificates of other communities than the global one come back by reissue-certificates, once"
                    + " the users are members there again.");

    /** "All of the user's SCORM certificates in the Certificates tab are removed." */
    private static final String OF_SCORM_COURSE =
            "exists (select from public.courses c where c.id = t.course_id and c.format = 'scorm')";

    /** The entries, in the order in which they are reported. */
    public static final List<Deletion> ENTRIES = List.of(
            Deletion.ofAll("auto_login_tokens").notBack(SIGN_IN_AGAIN),
            Deletion.ofAll("device_tokens").notBack(SIGN_IN_AGAIN),
            Deletion.ofAll("oauth_tokens").notBack(SIGN_IN_AGAIN),
            Deletion.ofAll("membership_requests").notBack(SIGN_IN_AGAIN),
            Deletion.ofAll("community_memberships").recording("community_id").notBack(MEMBERSHIPS_ON_REQUEST),
            Deletion.where("certificates", OF_SCORM_COURSE)
                    .recording("course_id")
                    .notBack(REISSUE_CERTIFICATES));

    private DeletedData() {}
}
