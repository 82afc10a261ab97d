package com.fuse.users.oracle;

import com.fuse.users.oracle.Targets.Reading;
import com.fuse.users.oracle.Targets.Target;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Predicts runs: the rules of the specification and of section 3 of the contract, applied to one user after the other.
 */
public final class Oracle {

    private static final List<String> DELETED = List.of(
            "auto_login_tokens", "device_tokens", "oauth_tokens", "membership_requests", "community_memberships");

    private final Instant at;
    private final Platform before;
    private Platform now;
    private final SortedMap<Long, ExpectedOutcome> byLine = new TreeMap<>();

    private Oracle(Platform before, Instant clock) {
        this.at = clock.plusNanos(500).truncatedTo(ChronoUnit.MICROS);
        this.before = before;
        this.now = before;
    }

    /** @param transferAdminTo the option; null if it is not given */
    public static ExpectedRun deactivate(Platform before, Input input, @Nullable Long transferAdminTo, Instant clock) {
        Targets targets = Targets.of(input, new Reading(true, false, transferAdminTo), before);
        return new Oracle(before, clock).expect(targets, (oracle, target) -> oracle.deactivate(target, targets));
    }

    public static ExpectedRun reactivate(Platform before, Input input, Instant clock) {
        Targets targets = Targets.of(input, new Reading(false, true, null), before);
        return new Oracle(before, clock).expect(targets, (oracle, target) -> oracle.reactivate(target, List.of()));
    }

    public static ExpectedRun reissue(Platform before, Input input, Instant clock) {
        return new Oracle(before, clock)
                .expect(Targets.of(input, new Reading(false, null, null), before), Oracle::reissue);
    }

    /**
     * "Reactivates exactly the users whom run RUN deactivated and who are still inactive." With memberships, "completes the
     * memberships of users that an earlier undo reactivated and that have been active since".
     *
     * @param earlier the undos of the same run before this one, by their numbers
     */
    public static ExpectedRun undo(
            Platform before,
            ExpectedRun undone,
            SortedMap<Long, ExpectedRun> earlier,
            boolean withMemberships,
            Instant clock) {
        SortedMap<Long, Target> deactivated = new TreeMap<>();
        undone.byLine().forEach((line, outcome) -> {
            if (outcome.outcome().equals("DEACTIVATED")) {
                long userId = Objects.requireNonNull(outcome.userId());
                deactivated.put(line, new Target(String.valueOf(userId), userId, null));
            }
        });
        return new Oracle(before, clock).expect(new Targets(deactivated, new TreeMap<>()), (oracle, target) -> {
            Row user = oracle.find(target.userId());
            Instant since = user == null ? null : user.moment("deactivated_at");
            if (since != null && !since.equals(undone.at())) {
                return outcome(target, "ALREADY_INACTIVE", since);
            }
            List<Row> removed = undone.removedMemberships().stream()
                    .filter(membership -> membership.has("user_id", target.userId()))
                    .toList();
            if (withMemberships && user != null && user.is("active")) {
                return oracle.complete(target, removed, earlier);
            }
            return oracle.reactivate(target, withMemberships ? removed : List.of());
        });
    }

    private interface Rule {
        ExpectedOutcome apply(Oracle oracle, Target target);
    }

    private ExpectedRun expect(Targets targets, Rule rule) {
        byLine.putAll(targets.settled());
        targets.byLine().forEach((line, target) -> byLine.put(line, rule.apply(this, target)));
        return new ExpectedRun(at, before, now, byLine);
    }

    private ExpectedOutcome deactivate(Target target, Targets targets) {
        Row user = find(target.userId());
        if (user == null) {
            return outcome(target, "NOT_FOUND", target.userId());
        }
        if (!user.is("active")) {
            return outcome(target, "ALREADY_INACTIVE", user.moment("deactivated_at"));
        }
        List<Long> communities = now.rows("community_admins", "user_id", target.userId()).stream()
                .map(role -> role.id("community_id"))
                .sorted()
                .toList();
        Long successor = target.successorId();
        List<Object> named = new ArrayList<>(communities);
        if (!communities.isEmpty()) {
            if (successor == null) {
                return new ExpectedOutcome(target.input(), target.userId(), "COMMUNITY_ADMIN", communities, named);
            }
            named.add(successor);
            Object problem = problem(target, successor, targets);
            if (problem != null) {
                named.add(problem);
                return new ExpectedOutcome(target.input(), target.userId(), "INVALID_SUCCESSOR", communities, named);
            }
            communities.forEach(community -> handOver(community, successor));
            now = now.without("community_admins", role -> role.has("user_id", target.userId()));
        }
        deactivate(target.userId());
        return new ExpectedOutcome(target.input(), target.userId(), "DEACTIVATED", communities, named);
    }

    /** The word by which a message names the reason why the successor cannot take over; null if there is none. */
    private @Nullable Object problem(Target leaver, long successorId, Targets targets) {
        if (successorId == leaver.userId()) {
            return "same";
        }
        if (targets.name(successorId)) {
            return "input";
        }
        Row successor = find(successorId);
        return successor == null ? "no" : successor.moment("deactivated_at");
    }

    private void handOver(long communityId, long successorId) {
        if (!now.has("community_admins", "community_id", communityId, "user_id", successorId)) {
            now = now.with(
                    "community_admins", Row.of("community_id", communityId, "user_id", successorId, "granted_at", at));
        }
        join(communityId, successorId);
    }

    private void deactivate(long userId) {
        now = now.changing("users", user -> user.has("id", userId), user -> user.with("active", false)
                .with("deactivated_at", at));
        DELETED.forEach(table -> now = now.without(table, row -> row.has("user_id", userId)));
        now = now.without(
                "certificates",
                certificate -> certificate.has("user_id", userId) && isScorm(course(certificate.id("course_id"))));
    }

    private ExpectedOutcome reactivate(Target target, List<Row> memberships) {
        Row user = find(target.userId());
        if (user == null) {
            return outcome(target, "NOT_FOUND", target.userId());
        }
        if (user.is("active")) {
            return outcome(target, "ALREADY_ACTIVE", user.moment("created_at"));
        }
        if (user.moment("personal_data_removed_at") != null) {
            return outcome(target, "PERSONAL_DATA_REMOVED", user.moment("personal_data_removed_at"));
        }
        now = now.changing("users", row -> row.has("id", target.userId()), row -> row.with("active", true)
                .with("deactivated_at", null));
        now.rows("communities", "is_global", true).forEach(community -> join(community.id("id"), target.userId()));
        memberships.stream()
                .map(membership -> membership.id("community_id"))
                .filter(communityId ->
                        !now.rows("communities", "id", communityId).isEmpty())
                .forEach(communityId -> join(communityId, target.userId()));
        issueCertificates(target.userId(), this::isOfGlobalCommunity);
        return outcome(target, "REACTIVATED");
    }

    /** Of an active user. Who has been a member of the global community since an undo has been active since. */
    private ExpectedOutcome complete(Target target, List<Row> removed, SortedMap<Long, ExpectedRun> earlier) {
        Long by = null;
        for (Map.Entry<Long, ExpectedRun> undo : earlier.entrySet()) {
            boolean reactivated = undo.getValue().byLine().values().stream()
                    .anyMatch(outcome -> outcome.outcome().equals("REACTIVATED")
                            && Objects.equals(outcome.userId(), target.userId()));
            if (reactivated
                    && isInGlobalCommunitySince(target.userId(), undo.getValue().at())) {
                by = undo.getKey();
            }
        }
        List<Long> missing = removed.stream()
                .map(membership -> membership.id("community_id"))
                .filter(communityId ->
                        !now.rows("communities", "id", communityId).isEmpty())
                .filter(communityId -> earlier.values().stream()
                        .noneMatch(undo -> undo.adds("community_memberships", target.userId(), communityId)))
                .filter(communityId ->
                        !now.has("community_memberships", "community_id", communityId, "user_id", target.userId()))
                .toList();
        if (by == null || missing.isEmpty()) {
            return reactivate(target, List.of());
        }
        missing.forEach(communityId -> join(communityId, target.userId()));
        return new ExpectedOutcome(target.input(), target.userId(), "ALREADY_ACTIVE", List.of(), List.of(by), true);
    }

    private boolean isInGlobalCommunitySince(long userId, Instant since) {
        return now.rows("community_memberships", "user_id", userId).stream()
                .filter(membership -> now.has("communities", "id", membership.id("community_id"), "is_global", true))
                .anyMatch(membership ->
                        !Objects.requireNonNull(membership.moment("joined_at")).isAfter(since));
    }

    private ExpectedOutcome reissue(Target target) {
        Row user = find(target.userId());
        if (user == null) {
            return outcome(target, "NOT_FOUND", target.userId());
        }
        if (!user.is("active")) {
            return outcome(target, "INACTIVE", user.moment("deactivated_at"));
        }
        issueCertificates(
                target.userId(),
                course -> now.has(
                        "community_memberships",
                        "user_id",
                        target.userId(),
                        "community_id",
                        course.id("community_id")));
        return outcome(target, "REISSUED");
    }

    /** For the SCORM courses that the user completed and has no certificate of. */
    private void issueCertificates(long userId, Predicate<Row> due) {
        now.rows("course_completions", "user_id", userId).forEach(completion -> {
            long courseId = completion.id("course_id");
            Row course = course(courseId);
            if (isScorm(course)
                    && due.test(course)
                    && !now.has("certificates", "user_id", userId, "course_id", courseId)) {
                now = now.with("certificates", Row.of("course_id", courseId, "user_id", userId, "issued_at", at));
            }
        });
    }

    private void join(long communityId, long userId) {
        if (!now.has("community_memberships", "community_id", communityId, "user_id", userId)) {
            now = now.with(
                    "community_memberships", Row.of("community_id", communityId, "user_id", userId, "joined_at", at));
        }
    }

    private @Nullable Row find(long userId) {
        return now.rows("users", "id", userId).stream().findFirst().orElse(null);
    }

    private Row course(long courseId) {
        return now.rows("courses", "id", courseId).get(0);
    }

    private static boolean isScorm(Row course) {
        return course.has("format", "scorm");
    }

    private boolean isOfGlobalCommunity(Row course) {
        return now.has("communities", "id", course.id("community_id"), "is_global", true);
    }

    private static ExpectedOutcome outcome(Target target, String outcome, @Nullable Object... named) {
        return new ExpectedOutcome(target.input(), target.userId(), outcome, List.of(), List.of(named));
    }
}
