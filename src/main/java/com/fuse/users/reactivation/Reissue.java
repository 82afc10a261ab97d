package com.fuse.users.reactivation;

import com.fuse.users.change.Decider;
import com.fuse.users.operation.Operation;
import com.fuse.users.operation.Wording;
import com.fuse.users.run.CommandName;
import com.fuse.users.run.Run;
import com.fuse.users.staging.RowSource;
import com.fuse.users.tables.Change;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** "Get certificate" in bulk: for every completed SCORM course in a community of which the user is a member now. */
public record Reissue(RowSource rows) implements Operation {

    private static final Change CHANGE = new Change(null, List.of(ScormCertificates.issuedWhere("""
            exists (
                select from public.community_memberships m
                where m.user_id = p.user_id and m.community_id = c.community_id)""")));

    @Override
    public String command() {
        return CommandName.REISSUE_CERTIFICATES.text();
    }

    @Override
    public Wording wording() {
        return new Wording("Reissue the certificates of %s?", "would have their certificates reissued", "Reissuing");
    }

    @Override
    public boolean isGuarded() {
        return false;
    }

    @Override
    public String eligible(Run run) {
        return "u.active";
    }

    @Override
    public Change change(Run run) {
        return CHANGE;
    }

    @Override
    public Decider decider(Run run, JdbcClient jdbc) {
        return new ReissueProcessor(run, jdbc);
    }
}
