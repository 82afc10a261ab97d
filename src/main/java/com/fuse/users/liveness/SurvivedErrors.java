package com.fuse.users.liveness;

import com.fuse.users.database.DatabaseError;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Keeps the pool from closing a connection under its transaction because of an error that may be one row's: the pool
 * takes "feature not supported" for the end of a connection, and a trigger may raise it for one user.
 */
public final class SurvivedErrors implements SQLExceptionOverride {

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException error) {
        return DatabaseError.in(error).filter(DatabaseError::mayBeOfRow).isPresent()
                ? Override.DO_NOT_EVICT
                : Override.CONTINUE_EVICT;
    }
}
