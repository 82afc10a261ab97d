package com.fuse.users.report;

import com.fuse.users.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an undone run deleted and no undo of it has brought back.
 *
 * @param rows by table; empty if nothing is missing, and of a run that is no undo
 */
public record NotRestored(Map<String, Long> rows) {

    private static final List<String> NEVER_BACK =
            List.of("auto_login_tokens", "device_tokens", "oauth_tokens", "membership_requests");

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
        if (rows.containsKey("community_admins")) {
            sentences.add("Admin roles stay with those who took them over.");
        }
        return sentences;
    }
}
