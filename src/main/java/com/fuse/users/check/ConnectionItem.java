package com.fuse.users.check;

import com.fuse.users.database.ConnectionProblem;
import com.fuse.users.database.DatabaseError;
import com.fuse.users.database.ServerRefusedException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** Which item keeps the program from the database. */
public final class ConnectionItem {

    private static final String ADDRESS = "address";
    private static final String LOGIN = "login";
    private static final String TLS = "TLS";
    private static final String SERVER = "server";

    private ConnectionItem() {}

    /** The item whose fault the failure is. */
    public static String of(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServerRefusedException) {
                return SERVER;
            }
            if (cause instanceof SSLException
                    || cause instanceof CertificateException
                    || cause instanceof CertPathValidatorException
                    || ConnectionProblem.isOfAnotherHost(cause)) {
                return TLS;
            }
        }
        return DatabaseError.in(failure).map(ConnectionItem::of).orElse(ADDRESS);
    }

    private static String of(DatabaseError error) {
        if (error.isOfPooler()) {
            return SERVER;
        }
        String state = error.sqlState();
        if (state.isEmpty() || state.startsWith("08")) {
            // The driver's own words: it has no states for these.
            return error.message().contains("password")
                    ? LOGIN
                    : error.message().contains("SSL") ? TLS : ADDRESS;
        }
        if (state.startsWith("3D")) {
            return ADDRESS;
        }
        return state.startsWith("28") ? LOGIN : SERVER;
    }
}
