package com.fuse.users.history;

import com.fuse.users.run.RunOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an undone run deleted and no undo of it has brought back.
 *
 * @param rows by table, tables without any left out; empty if nothing is missing, and of a run that is no undo
 */
public record NotRestored(Map<String, Long> rows) {

    /** Nothing is missing. */
    static final NotRestored NOTHING = new NotRestored(Map.of());

    private static final List<String> NEVER_BACK =
            List.of("auto_login_tokens", "device_tokens", "oauth_tokens", "membership_requests");

    private static final String ADMIN_ROLES = "community_admins";

    public NotRestored {
        rows = new LinkedHashMap<>(rows);
        rows.values().removeIf(count -> count == 0);
    }

    /** Of these rows, those that no undo brings back. */
    NotRestored byAnyUndo() {
        Map<String, Long> never = new LinkedHashMap<>(rows);
        never.keySet().removeIf(table -> !NEVER_BACK.contains(table) && !table.equals(ADMIN_ROLES));
        return new NotRestored(never);
    }

    /** What that means and what can be done about it, in sentences. */
    public List<String> explanations(RunOptions options) {
        List<String> sentences = new ArrayList<>();
        if (NEVER_BACK.stream().anyMatch(rows::containsKey)) {
            sentences.add("Tokens and membership requests never come back: users sign in and ask again.");
        }
        if (rows.containsKey("community_memberships")) {
            sentences.add(
                    options.withMemberships()
                            ? "Memberships are not re-added for users who were active already, nor where the community is"
                                    + " gone; removed-memberships.csv of run %d lists them all."
                                            .formatted(options.undoneRunId())
                            : "Memberships of other communities than the global one come back only if the undo is given"
                                    + " --with-memberships; removed-memberships.csv of run %d lists them."
                                            .formatted(options.undoneRunId()));
        }
        if (rows.containsKey("certificates")) {
            sentences.add(
                    "Certificates of other communities than the global one come back by reissue-certificates, once"
                            + " the users are members there again.");
        }
        if (rows.containsKey(ADMIN_ROLES)) {
            sentences.add("Admin roles stay with those who took them over.");
        }
        return sentences;
    }
}
