package com.fuse.users.deactivation;

import com.fuse.users.change.Decider;
import com.fuse.users.operation.Operation;
import com.fuse.users.operation.Wording;
import com.fuse.users.run.CommandName;
import com.fuse.users.run.Run;
import com.fuse.users.staging.RowSource;
import com.fuse.users.tables.AccountChange;
import com.fuse.users.tables.Change;
import com.fuse.users.tables.Deletion;
import com.fuse.users.tables.TableChange;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deactivates users: no sign-in, no notifications, and their {@link DeletedData} is deleted.
 *
 * @param deletedData the deletions that are made for each user
 */
public record Deactivation(RowSource rows, List<Deletion> deletedData) implements Operation {

    private static final String NO_ADMIN = "not exists (select from public.community_admins a where a.user_id = u.id)";

    /** Deletes the data that the specification lists. */
    public Deactivation(RowSource rows) {
        this(rows, DeletedData.ENTRIES);
    }

    /** Every deletion that a deactivation may make, including the admin roles that it hands over. */
    public static List<Deletion> deletions() {
        return Stream.concat(DeletedData.ENTRIES.stream(), Stream.of(AdminTransfer.HANDED_OVER_ROLES))
                .toList();
    }

    /** The change with every table that a run may write. */
    public static Change largestChange() {
        return new Change(
                AccountChange.DEACTIVATION,
                Stream.concat(DeletedData.ENTRIES.stream(), AdminTransfer.TABLES.stream())
                        .toList());
    }

    @Override
    public String command() {
        return CommandName.DEACTIVATE.text();
    }

    @Override
    public Wording wording() {
        return new Wording("Deactivate %s?", "would be deactivated", "Deactivating");
    }

    @Override
    public boolean isGuarded() {
        return true;
    }

    /** Must agree with {@link AdminCheckProcessor}; the oracle test compares the two. */
    @Override
    public String eligible(Run run) {
        return run.namesSuccessors()
                ? "u.active and (%s or %s)".formatted(NO_ADMIN, AdminTransfer.POSSIBLE)
                : "u.active and " + NO_ADMIN;
    }

    @Override
    public Change change(Run run) {
        Stream<TableChange> transfer = run.namesSuccessors() ? AdminTransfer.TABLES.stream() : Stream.of();
        return new Change(
                AccountChange.DEACTIVATION,
                Stream.concat(deletedData.stream(), transfer).toList());
    }

    @Override
    public Decider decider(Run run, JdbcClient jdbc) {
        return new AdminCheckProcessor(run, jdbc);
    }
}
