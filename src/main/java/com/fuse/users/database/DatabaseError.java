package com.fuse.users.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.core.NestedExceptionUtils;

/**
 * What PostgreSQL says went wrong, and whose matter it is: a row's, the moment's, or the operator's.
 *
 * @param sqlState five characters; empty if the driver gave none
 * @param message the primary message alone, because detail and hint may hold values of other columns; without the e-mail
 *     addresses that somebody else's trigger may name in it, and without the value that a data exception quotes
 * @param transientCause whether the driver itself calls it passing
 * @param inFunction whether a function raised it, such as a trigger's, and not the statement itself
 */
public record DatabaseError(String sqlState, String message, boolean transientCause, boolean inFunction) {

    private static final Set<String> SYSTEM_CLASSES = Set.of("", "08", "25", "40", "53", "57", "58", "F0", "XX");

    /** Names, rights, limits and states: of the program and its login, or of what somebody's trigger does for one row. */
    private static final Set<String> AMBIGUOUS_CLASSES = Set.of("26", "28", "34", "3D", "3F", "42", "54", "55");

    /** What to expect again later: connection, serialization and deadlock, resources, lock time-out, shutdown. */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57", "58");

    private static final Set<String> TRANSIENT_STATES = Set.of("55P03", "25P03");

    private static final Pattern EMAIL_ADDRESS = Pattern.compile("[^\\s<>()\"',;:=]+@[^\\s<>()\"',;:=]+");
    private static final String DATA_EXCEPTION = "22";
    /** To the end, because the value may hold quotes and line ends; and as any language quotes. */
    private static final Pattern QUOTED_VALUE = Pattern.compile("[\"'«»‹›„“”‚‘’「『].*", Pattern.DOTALL);

    /** The database's error among the causes; empty if there is none. */
    public static Optional<DatabaseError> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException error) {
                return Optional.of(of(error));
            }
        }
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException error
                ? Optional.of(of(error))
                : Optional.empty();
    }

    private static DatabaseError of(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        ServerErrorMessage server = error instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        String message = server == null ? error.getMessage() : server.getMessage();
        boolean passing = error instanceof SQLTransientException || error instanceof SQLRecoverableException;
        return new DatabaseError(
                state,
                message == null ? "no message" : discreet(state, message),
                passing,
                server != null && server.getWhere() != null);
    }

    private static String discreet(String state, String message) {
        String unquoted =
                state.startsWith(DATA_EXCEPTION) ? QUOTED_VALUE.matcher(message).replaceFirst("\"...\"") : message;
        String line = unquoted.lines().findFirst().orElse("");
        return EMAIL_ADDRESS.matcher(line).replaceAll("(e-mail address)");
    }

    /** Whether one row's change was refused, so that other rows can go on. */
    public boolean isOfRow() {
        return mayBeOfRow() && !AMBIGUOUS_CLASSES.contains(sqlClass());
    }

    /** Whether one row's change may have been refused; other rows, which go on or do not, tell. */
    public boolean mayBeOfRow() {
        return !SYSTEM_CLASSES.contains(sqlClass())
                && !isTransient()
                && (inFunction || !AMBIGUOUS_CLASSES.contains(sqlClass()));
    }

    /** Whether the same work may succeed if it is tried again. */
    public boolean isTransient() {
        // No state: not the server but the pool or the driver, which says that the connection is closed.
        return sqlState.isEmpty()
                || transientCause
                || TRANSIENT_CLASSES.contains(sqlClass())
                || TRANSIENT_STATES.contains(sqlState);
    }

    /** Whether the database cannot be reached, or is not ready to be. */
    public boolean isUnreachable() {
        return transientCause || sqlClass().equals("08") || sqlState.startsWith("57P") || sqlState.equals("53300");
    }

    /** Whether the login, its rights or the schema stand in the way. */
    public boolean isOfConfiguration() {
        return Set.of("28", "3D", "3F").contains(sqlClass())
                || Set.of("42501", "42P01").contains(sqlState);
    }

    /** The message with its state, in one line. */
    public String description() {
        return sqlState.isEmpty() ? message : "%s (SQLSTATE %s)".formatted(message, sqlState);
    }

    private String sqlClass() {
        return sqlState.length() < 2 ? "" : sqlState.substring(0, 2);
    }
}
