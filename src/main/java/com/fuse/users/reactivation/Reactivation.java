package com.fuse.users.reactivation;

import com.fuse.users.change.Decider;
import com.fuse.users.operation.Operation;
import com.fuse.users.operation.Wording;
import com.fuse.users.run.CommandName;
import com.fuse.users.run.Run;
import com.fuse.users.staging.RowSource;
import com.fuse.users.tables.AccountChange;
import com.fuse.users.tables.Change;
import com.fuse.users.tables.Insertion;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reactivates users, and brings back what the specification allows: "The only community a user is automatically
 * re-added to after being reactivated is the Global community", and "the only certificates that reappear in a user's
 * profile after being reactivated are from SCORM courses completed in the Global community".
 */
public record Reactivation(RowSource rows) implements Operation {

    /** The condition of {@link #eligible}. */
    public static final String ELIGIBLE = "not u.active and u.personal_data_removed_at is null";

    /** The words for the operator. */
    public static final Wording WORDING = new Wording("Reactivate %s?", "would be reactivated", "Reactivating");

    /** The query for the communities to which users come back, as rows of {@code user_id} and {@code community_id}. */
    public static final String GLOBAL_MEMBERSHIPS =
            "select b.id as user_id, g.id as community_id from public.communities g, unnest(:users) as b (id) where g.is_global";

    static final String OF_THE_GLOBAL_COMMUNITY =
            "exists (select from public.communities g where g.id = c.community_id and g.is_global)";

    static final Change CHANGE = changeWith(GLOBAL_MEMBERSHIPS, ScormCertificates.issuedWhere(OF_THE_GLOBAL_COMMUNITY));

    /** The change of a reactivation with these memberships, a query like {@link #GLOBAL_MEMBERSHIPS}, and certificates. */
    static Change changeWith(String memberships, Insertion certificates) {
        return new Change(
                AccountChange.REACTIVATION,
                List.of(
                        new Insertion("community_memberships", "community_id", "joined_at", memberships).recordingIds(),
                        certificates.recordingIds()));
    }

    @Override
    public String command() {
        return CommandName.REACTIVATE.text();
    }

    @Override
    public Wording wording() {
        return WORDING;
    }

    @Override
    public boolean isGuarded() {
        return false;
    }

    @Override
    public String eligible(Run run) {
        return ELIGIBLE;
    }

    @Override
    public Change change(Run run) {
        return CHANGE;
    }

    @Override
    public Decider decider(Run run, JdbcClient jdbc) {
        return new ReactivationProcessor(run, jdbc);
    }
}
