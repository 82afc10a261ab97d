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
 * An error of PostgreSQL, and whether it concerns one row, is transient, or is a configuration error.
 *
 * @param sqlState five characters; empty if the driver gave none
 * @param message only the first line of the primary message, without detail and hint, which may hold values of other
 *     columns; without e-mail addresses, which a trigger of the platform may name; without the value that a data
 *     exception quotes
 * @param transientCause whether the driver itself calls the error transient
 * @param inFunction whether a function raised the error, such as a trigger's, and not the statement itself
 * @param ofRowSecurity whether row security would hide rows from the statement
 */
public record DatabaseError(
        String sqlState, String message, boolean transientCause, boolean inFunction, boolean ofRowSecurity) {

    private static final Set<String> SYSTEM_CLASSES = Set.of("", "08", "25", "40", "53", "57", "58", "F0", "XX");

    /**
     * Errors of features, names, rights, limits and states: the program may cause them, or a platform trigger for one
     * row.
     */
    private static final Set<String> AMBIGUOUS_CLASSES = Set.of("0A", "26", "28", "34", "3D", "3F", "42", "54", "55");

    /** Connection, serialization and deadlock, resources, shutdown, system errors. */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57", "58");

    /** The transaction cannot write: the server is a standby, or has become read-only. */
    private static final String READ_ONLY = "25006";

    /** Time-outs of a lock and of an idle transaction; a server that another one replaces. */
    private static final Set<String> TRANSIENT_STATES = Set.of("55P03", "25P03", READ_ONLY);

    /** A violation of the protocol. A pooler also reports by it that it does not support a request. */
    private static final String PROTOCOL_VIOLATION = "08P01";

    private static final Pattern POOLERS_WORDS = Pattern.compile("unsupported startup parameter|pooling mode");

    /** A prepared statement exists already, or does not: another session was given to the connection. */
    private static final Set<String> PREPARED_STATEMENT_STATES = Set.of("42P05", "26000");

    /**
     * A failed serialization, a deadlock, a time-out of a lock, a canceled statement. They usually pass, but one user may
     * cause them every time: a trigger raises them, or a lock on the user's rows is never released.
     */
    private static final Set<String> STATES_OF_LASTING_CAUSES = Set.of("40001", "40P01", "55P03", "57014");

    /** The server's function that refuses a statement because of row security; its name is the same in any language. */
    private static final String ROW_SECURITY_CHECK = "check_enable_rls";

    private static final Pattern EMAIL_ADDRESS = Pattern.compile("[^\\s<>()\"',;:=]+@[^\\s<>()\"',;:=]+");
    private static final String DATA_EXCEPTION = "22";
    /** Matches to the end, because the value may contain quotes and line ends; the server may quote in any language. */
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
                server != null && server.getWhere() != null,
                server != null && ROW_SECURITY_CHECK.equals(server.getRoutine()));
    }

    private static String discreet(String state, String message) {
        String unquoted =
                state.startsWith(DATA_EXCEPTION) ? QUOTED_VALUE.matcher(message).replaceFirst("\"...\"") : message;
        return withoutAddresses(unquoted.lines().findFirst().orElse(""));
    }

    /** The text with its e-mail addresses hidden. */
    public static String withoutAddresses(String text) {
        return EMAIL_ADDRESS.matcher(text).replaceAll("(e-mail address)");
    }

    /** Whether one row's change was refused, so that other rows can go on. */
    public boolean isOfRow() {
        return mayBeOfRow() && !AMBIGUOUS_CLASSES.contains(sqlClass());
    }

    /** Whether one row's change may have been refused; if other rows succeed, it was. */
    public boolean mayBeOfRow() {
        return !SYSTEM_CLASSES.contains(sqlClass())
                && !isTransient()
                && (inFunction || !AMBIGUOUS_CLASSES.contains(sqlClass()));
    }

    /** Whether the error is transient as a rule, but may be caused by one user every time. */
    public boolean mayLastForOneUser() {
        return STATES_OF_LASTING_CAUSES.contains(sqlState);
    }

    /** Whether the statement itself uses a feature that the table does not support, whoever its users are. */
    public boolean isOfUnsupportedStatement() {
        return sqlClass().equals("0A") && !inFunction;
    }

    /** Whether a table, view, index or sequence already has the name that the statement gives to a new one. */
    public boolean isOfNameInUse() {
        return sqlState.equals("42P07");
    }

    /** Whether the same work may succeed if it is tried again. */
    public boolean isTransient() {
        // Without a state, the error comes from the pool or the driver: the connection is closed.
        return sqlState.isEmpty()
                || transientCause
                || TRANSIENT_CLASSES.contains(sqlClass())
                || TRANSIENT_STATES.contains(sqlState);
    }

    /** Whether the server accepts no changes. */
    public boolean isReadOnly() {
        return sqlState.equals(READ_ONLY);
    }

    /** Whether a connection pooler is in between that does not give each connection a session of its own. */
    public boolean isOfPooler() {
        return PREPARED_STATEMENT_STATES.contains(sqlState)
                || sqlState.equals(PROTOCOL_VIOLATION)
                        && POOLERS_WORDS.matcher(message).find();
    }

    /** Whether the database cannot be reached, or is not ready. */
    public boolean isUnreachable() {
        return transientCause || sqlClass().equals("08") || sqlState.startsWith("57P") || sqlState.equals("53300");
    }

    /** Whether the login, its rights or the schema are the cause. */
    public boolean isOfConfiguration() {
        return isOfLogin()
                || sqlClass().equals("3F")
                || Set.of("42501", "42P01").contains(sqlState);
    }

    /** Whether the database has another name, or does not admit the login with this password. */
    boolean isOfLogin() {
        return Set.of("28", "3D").contains(sqlClass());
    }

    /** The message with its state, in one line. */
    public String description() {
        String what = isReadOnly() ? "the server is a standby or read-only: " + message : message;
        return sqlState.isEmpty() ? what : "%s (SQLSTATE %s)".formatted(what, sqlState);
    }

    private String sqlClass() {
        return sqlState.length() < 2 ? "" : sqlState.substring(0, 2);
    }
}
