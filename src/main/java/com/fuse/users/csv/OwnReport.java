package com.fuse.users.csv;

import com.fuse.users.input.InputException;
import java.util.List;

/** Recognizes the program's own reports by their headings, because they name users who are not meant. */
final class OwnReport {

    private static final List<String> OUTCOMES = List.of("line", "input", "user_id", "outcome");
    private static final List<String> SKIPPED = List.of("user_id", "line", "outcome", "community_ids", "message");
    private static final List<String> COMMUNITIES =
            List.of("community_id", "name", "is_global", "member_count", "admin_ids", "admin_usernames");

    private static final List<String> REMOVED_MEMBERSHIPS = List.of("user_id", "community_id");

    private OwnReport() {}

    /** @throws InputException if the headings are those of a report other than skipped.csv */
    static void refuse(String input, List<String> headings) {
        if (headings.size() > OUTCOMES.size() && startsWith(headings, OUTCOMES)) {
            throw refusal(input, "outcomes.csv", "undo RUN\", and to repeat the skipped rows, use skipped.csv");
        }
        if (startsWith(headings, COMMUNITIES)) {
            throw InputException.unreadable(
                    input,
                    "this is the report of all communities, not a list of users; write the users into a file of their own.");
        }
        if (headings.equals(REMOVED_MEMBERSHIPS)) {
            throw refusal(input, "removed-memberships.csv", "undo RUN --with-memberships\"");
        }
    }

    /** Whether these are the headings of skipped.csv, whose numbers the program has written itself. */
    static boolean isOfSkippedRows(List<String> headings) {
        return startsWith(headings, SKIPPED);
    }

    private static boolean startsWith(List<String> headings, List<String> start) {
        return headings.size() >= start.size()
                && headings.subList(0, start.size()).equals(start);
    }

    private static InputException refusal(String input, String report, String remedy) {
        return InputException.unreadable(
                input,
                "this is a report of this program, %s, not a list of users; to bring users back, run \"fuse-users %s."
                        .formatted(report, remedy));
    }
}
