package com.fuse.users.reactivation;

import com.fuse.users.change.Insertion;

/**
 * "Completion records are retained, which means … they can regenerate their certificates for completed courses": the
 * step that issues the certificates of SCORM courses to those who completed them and have none.
 */
public final class ScormCertificates {

    private static final String COMPLETED = """
            select p.user_id, p.course_id
            from public.course_completions p
            join public.courses c on c.id = p.course_id
            where p.user_id = any(:users) and c.format = 'scorm' and %s""";

    private ScormCertificates() {}

    /** Issues those for which the condition holds too, over {@code course_completions p} and {@code courses c}. */
    public static Insertion issuedWhere(String condition) {
        return new Insertion("certificates", "course_id", "issued_at", COMPLETED.formatted(condition));
    }
}
