package com.fuse.users.history;

import com.fuse.users.run.RunOptions;
import com.fuse.users.tables.Deletion;
import com.fuse.users.tables.NotBack;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Deleted rows that an undo does not restore.
 *
 * @param rows by table, without tables that have none
 * @param deletions every deletion of a deactivation, with the note on what an undo does not restore
 */
public record NotRestored(Map<String, Long> rows, List<Deletion> deletions) {

    /** Nothing is missing. */
    static final NotRestored NOTHING = new NotRestored(Map.of(), List.of());

    public NotRestored {
        rows = new LinkedHashMap<>(rows);
        rows.values().removeIf(count -> count == 0);
    }

    /** The rows that no undo restores. */
    NotRestored byAnyUndo() {
        Map<String, Long> never = new LinkedHashMap<>();
        for (Deletion deletion : deletions) {
            NotBack notBack = deletion.notBack();
            Long count = rows.get(deletion.table());
            if (notBack != null && notBack.never() && count != null) {
                never.put(deletion.table(), count);
            }
        }
        return new NotRestored(never, deletions);
    }

    /** The same, but starting with the rows of which some can still come back. */
    public NotRestored restorableFirst() {
        List<Deletion> sorted = deletions.stream()
                .sorted(Comparator.comparing(deletion ->
                        deletion.notBack() != null && deletion.notBack().never()))
                .toList();
        Map<String, Long> sortedRows = new LinkedHashMap<>();
        for (Deletion deletion : sorted) {
            Long count = rows.get(deletion.table());
            if (count != null) {
                sortedRows.put(deletion.table(), count);
            }
        }
        return new NotRestored(sortedRows, sorted);
    }

    /**
     * What is missing, and what the operator can do about it, in sentences.
     *
     * @param undo the options of the undo
     */
    public List<String> explanations(RunOptions undo) {
        return deletions.stream()
                .filter(deletion -> rows.containsKey(deletion.table()))
                .map(Deletion::notBack)
                .filter(Objects::nonNull)
                .map(notBack -> notBack.sentence(Objects.requireNonNull(undo.undoneRunId()), undo.withMemberships()))
                .distinct()
                .toList();
    }
}
