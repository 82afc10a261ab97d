package com.fuse.users.database;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import java.util.Optional;

/** How a command ends that an error of the database keeps from its work: the exit code, and what to do next. */
public final class DatabaseRefusal {

    private static final String POOLER_REMEDY = "a connection pooler must be in session mode and pass on what the"
            + " program asks for; change its settings, or connect to the server directly";

    private static final String ROW_SECURITY_REMEDY =
            "the program must see all rows: give the login the attribute BYPASSRLS, or disable row security there";

    private static final String LOGIN_REMEDY = "check the database, the login and its password";

    private static final String RIGHTS_REMEDY = "grant fuse_users_job to the login, and run \"migrate\" as the owner";

    private DatabaseRefusal() {}

    /** The refusal for this failure; empty if the database is not its cause. */
    public static Optional<RefusedException> in(Throwable failure) {
        return ConnectionProblem.in(failure).or(() -> DatabaseError.in(failure).map(DatabaseRefusal::of));
    }

    /** The refusal for this error; its exit code is {@link ExitCode#FAILED} if no other says more. */
    public static RefusedException of(DatabaseError error) {
        if (error.isOfPooler()) {
            return refused(error, POOLER_REMEDY);
        }
        if (error.isReadOnly()) {
            return new RefusedException(ExitCode.TRY_LATER, error.description() + "; try again later");
        }
        if (error.isUnreachable()) {
            return new RefusedException(
                    ExitCode.TRY_LATER, "the database cannot be reached: " + error.description() + "; try again later");
        }
        if (error.ofRowSecurity()) {
            return refused(error, ROW_SECURITY_REMEDY);
        }
        if (error.isOfConfiguration()) {
            return refused(error, error.isOfLogin() ? LOGIN_REMEDY : RIGHTS_REMEDY);
        }
        return new RefusedException(
                ExitCode.FAILED, "the database failed: " + error.description() + "; try the same command again");
    }

    private static RefusedException refused(DatabaseError error, String remedy) {
        return new RefusedException(
                ExitCode.CONFIGURATION, "the database refuses: " + error.description() + "; " + remedy);
    }
}
