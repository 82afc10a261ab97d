package com.fuse.users.throttle;

import static java.util.stream.Collectors.joining;

import com.fuse.users.database.DatabaseError;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.liveness.RunDatabase;
import com.fuse.users.run.request.ThrottleLimits;
import com.fuse.users.text.Counts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * What a run monitors in this database with this login, and what it does not.
 *
 * @param archive whether it monitors the archiver
 * @param standbys how many standbys there were when it began to monitor them; null if it does not
 * @param login the login
 */
public record Monitoring(
        ThrottleLimits limits, boolean archive, @Nullable Long standbys, String login) {

    /** Without this right the columns of the standbys are null, which would look healthy. */
    private static final String RIGHT = "pg_read_all_stats";

    private static final String SELECT = """
            select current_setting('archive_mode') <> 'off' as archive,
                   case when pg_has_role(current_user, '%s', 'usage') then (select count(*) from (%s) standby) end
                       as standbys,
                   current_user as login
            """.formatted(RIGHT, HealthCheck.STANDBYS);

    /**
     * Asks the database.
     *
     * @throws RefusedException if a limit is given that cannot be monitored
     */
    public static Monitoring of(RunDatabase database, ThrottleLimits limits) {
        Monitoring monitoring = database.jdbc()
                .sql(SELECT)
                .query((row, number) -> new Monitoring(
                        limits,
                        row.getBoolean("archive"),
                        row.getObject("standbys", Long.class),
                        row.getString("login")))
                .single();
        if (limits.maxArchiveBacklog() != null && !monitoring.archive) {
            throw refused("--max-archive-backlog", monitoring.whyNotArchive());
        }
        if (limits.maxReplicaLag() != null && monitoring.standbys == null) {
            throw refused("--max-replica-lag", monitoring.whyNotStandbys());
        }
        requireNumber(database, limits.query());
        return monitoring;
    }

    private static void requireNumber(RunDatabase database, @Nullable String query) {
        if (query == null) {
            return;
        }
        String problem;
        try {
            problem = HealthCheck.readOnly(database, () -> HealthCheck.number(database, query))
                    .map(number -> "")
                    .orElse("returns no number");
        } catch (DataAccessException e) {
            if (DatabaseError.in(e)
                    .filter(error -> error.isTransient() || error.isUnreachable())
                    .isPresent()) {
                throw e;
            }
            problem = DatabaseError.in(e).map(Monitoring::describe).orElse("returns no number");
        }
        if (!problem.isEmpty()) {
            throw new RefusedException(
                    ExitCode.CONFIGURATION, "--throttle-query %s; correct the query: %s".formatted(problem, query));
        }
    }

    private static String describe(DatabaseError error) {
        return error.isReadOnly() ? "must only read" : "fails: " + error.description();
    }

    private static RefusedException refused(String option, String why) {
        return new RefusedException(
                ExitCode.CONFIGURATION,
                "%s cannot be monitored: %s; to run without this limit, leave the option out".formatted(option, why));
    }

    /** For people, in one line. */
    public String line() {
        List<String> monitored = new ArrayList<>(List.of("lock waits"));
        List<String> not = new ArrayList<>();
        if (archive) {
            monitored.add("archive backlog");
        } else {
            not.add("archive backlog (%s)".formatted(whyNotArchive()));
        }
        if (standbys == null) {
            not.add("replica lag (%s)".formatted(whyNotStandbys()));
        } else {
            monitored.add("replica lag of " + Counts.of(standbys, "standby"));
        }
        if (limits.query() != null) {
            monitored.add("throttle query");
        }
        return "Monitored: " + String.join(", ", monitored)
                + (not.isEmpty() ? "" : not.stream().collect(joining(", ", "; not monitored: ", "")));
    }

    private String whyNotArchive() {
        return "archive_mode is off";
    }

    private String whyNotStandbys() {
        return "grant %s to %s".formatted(RIGHT, login);
    }
}
