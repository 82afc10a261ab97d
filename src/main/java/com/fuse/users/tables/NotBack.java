package com.fuse.users.tables;

/**
 * A sentence that tells the operator which deleted rows an undo does not bring back. It may contain {@code %d} for the
 * number of the undone run.
 *
 * @param never whether no undo brings any of the rows back
 * @param plain the sentence for an undo without {@code --with-memberships}
 * @param withMemberships the sentence for an undo {@code --with-memberships}
 */
public record NotBack(boolean never, String plain, String withMemberships) {

    /** No undo brings any of the rows back. */
    public static NotBack never(String sentence) {
        return new NotBack(true, sentence, sentence);
    }

    /** Some rows come back, whatever the undo's options. */
    public static NotBack partly(String sentence) {
        return new NotBack(false, sentence, sentence);
    }

    /** Which rows come back depends on {@code --with-memberships}. */
    public static NotBack partly(String plain, String withMemberships) {
        return new NotBack(false, plain, withMemberships);
    }

    /** The sentence for an undo of this run. */
    public String sentence(long undoneRunId, boolean memberships) {
        return (memberships ? withMemberships : plain).formatted(undoneRunId);
    }
}
