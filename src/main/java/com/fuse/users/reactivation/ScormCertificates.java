package com.fuse.users.reactivation;

import com.fuse.users.tables.Insertion;

/**
 * "Completion records are retained, which means … they can regenerate their certificates for completed courses": the
 * change that issues certificates of SCORM courses to users who completed the course and have no certificate of it.
 */
public final class ScormCertificates {

    private static final String COMPLETED = """
            select p.user_id, p.course_id
            from public.course_completions p
            join public.courses c on c.id = p.course_id
            where p.user_id = any(:users) and c.format = 'scorm' and %s""";

    private ScormCertificates() {}

    /**
     * The same for a condition that only holds before the change.
     *
     * @param after selects the same certificates after the change
     */
    static Insertion issuedWhere(String condition, String after) {
        return issuedWhere(condition).expecting(COMPLETED.formatted(after));
    }

    /** Issues the certificates that meet this condition too, over {@code course_completions p}, {@code courses c}. */
    public static Insertion issuedWhere(String condition) {
        return new Insertion("certificates", "course_id", "issued_at", COMPLETED.formatted(condition));
    }
}
