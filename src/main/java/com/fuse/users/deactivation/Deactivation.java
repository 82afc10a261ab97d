package com.fuse.users.deactivation;

import com.fuse.users.change.Change;
import com.fuse.users.change.Decider;
import com.fuse.users.change.Deletion;
import com.fuse.users.change.Step;
import com.fuse.users.operation.Operation;
import com.fuse.users.operation.Wording;
import com.fuse.users.run.Run;
import com.fuse.users.staging.RowSource;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What happens to a user who is deactivated: "The following data is deleted for a deactivated user", entry by entry.
 * Whatever is not in this list is kept.
 */
public record Deactivation(RowSource rows) implements Operation {

    /** "All of the user's SCORM certificates in the Certificates tab are removed." */
    private static final String OF_SCORM_COURSE =
            "exists (select from public.courses c where c.id = t.course_id and c.format = 'scorm')";

    private static final List<Step> DELETIONS = List.of(
            Deletion.ofAll("auto_login_tokens"),
            Deletion.ofAll("device_tokens"),
            Deletion.ofAll("oauth_tokens"),
            Deletion.ofAll("membership_requests"),
            Deletion.ofAll("community_memberships").recording("community_id", "removed_community_ids"),
            Deletion.where("certificates", OF_SCORM_COURSE).recording("course_id", "removed_course_ids"));

    private static final String NO_ADMIN = "not exists (select from public.community_admins a where a.user_id = u.id)";

    @Override
    public String command() {
        return "deactivate";
    }

    @Override
    public Wording wording() {
        return new Wording("Deactivate %s?", "would be deactivated", "Deactivating");
    }

    @Override
    public boolean isGuarded() {
        return true;
    }

    @Override
    public String eligible(Run run) {
        return run.namesSuccessors()
                ? "u.active and (%s or %s)".formatted(NO_ADMIN, AdminTransfer.POSSIBLE)
                : "u.active and " + NO_ADMIN;
    }

    @Override
    public Change change(Run run) {
        List<Step> steps = run.namesSuccessors()
                ? Stream.concat(DELETIONS.stream(), AdminTransfer.STEPS.stream())
                        .toList()
                : DELETIONS;
        return new Change("active = false, deactivated_at = :now", steps);
    }

    @Override
    public Decider decider(Run run, JdbcClient jdbc) {
        return new AdminCheckProcessor(run, jdbc);
    }

    @Override
    public String repeat(Path skipped) {
        return "deactivate " + skipped;
    }
}
