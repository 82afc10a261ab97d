package com.fuse.users.database;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** A connection that fails because of a setting: the message names the setting. */
public final class ConnectionProblem {

    private ConnectionProblem() {}

    /** The refusal; empty if the settings are not the cause. */
    static Optional<RefusedException> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            RefusedException refusal = of(cause);
            if (refusal != null) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    private static @Nullable RefusedException of(Throwable cause) {
        if (cause instanceof UnknownHostException unknown) {
            // The name service may be down, so this may pass.
            return new RefusedException(
                    ExitCode.TRY_LATER,
                    "the database cannot be reached: unknown host %s; correct SPRING_DATASOURCE_URL, or try again later"
                            .formatted(unknown.getMessage()));
        }
        // A handshake that the network cuts off may succeed later; a certificate that is not trusted stays so.
        if (cause instanceof CertificateException
                || cause instanceof CertPathValidatorException
                || cause instanceof SSLPeerUnverifiedException) {
            return refused(
                    "its certificate is not trusted: " + reason(cause),
                    "check sslmode and sslrootcert in SPRING_DATASOURCE_URL");
        }
        if (isOfAnotherHost(cause)) {
            return refused(
                    "its certificate is for another host", "check the host and sslmode in SPRING_DATASOURCE_URL");
        }
        if (cause instanceof PSQLException error && isRejectedByDriver(error)) {
            String message = String.valueOf(error.getMessage());
            return refused(
                    message,
                    message.contains("password")
                            ? "set SPRING_DATASOURCE_PASSWORD"
                            : "check SPRING_DATASOURCE_URL, such as its sslmode");
        }
        return null;
    }

    /** Whether the driver refused the name in the server's certificate. Its words depend on the language, but not this one. */
    public static boolean isOfAnotherHost(Throwable cause) {
        return cause instanceof PSQLException
                && String.valueOf(cause.getMessage()).contains("HostnameVerifier");
    }

    /** The innermost reason: the others repeat it with the names of their classes. */
    private static @Nullable String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage();
    }

    /** The server uses this state for no error of its own. */
    private static boolean isRejectedByDriver(PSQLException error) {
        return PSQLState.CONNECTION_REJECTED.getState().equals(error.getSQLState())
                && error.getServerErrorMessage() == null;
    }

    private static RefusedException refused(String message, String remedy) {
        return new RefusedException(
                ExitCode.CONFIGURATION,
                "the database cannot be reached: %s; %s"
                        .formatted(message.lines().findFirst().orElse(""), remedy));
    }
}
