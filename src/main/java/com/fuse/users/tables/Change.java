package com.fuse.users.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change that a command makes to users, as set-based SQL.
 *
 * @param account the change of the users' accounts; null if they stay as they are
 * @param tables the changes of other tables, in the order in which they are reported
 */
public record Change(@Nullable AccountChange account, List<TableChange> tables) {

    /** The table changes that delete. */
    public List<Deletion> deletions() {
        return tablesOf(Deletion.class);
    }

    /** The table changes that add. */
    public List<Insertion> insertions() {
        return tablesOf(Insertion.class);
    }

    private <T extends TableChange> List<T> tablesOf(Class<T> type) {
        return tables.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
