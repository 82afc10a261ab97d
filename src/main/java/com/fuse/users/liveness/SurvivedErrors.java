package com.fuse.users.liveness;

import com.fuse.users.database.DatabaseError;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Keeps the pool from closing a connection under its transaction after an error that may concern only one row. For
 * example, the pool closes a connection after "feature not supported", which a trigger may raise for one user. After a
 * rule of the platform caused that error, the same transaction looks for the rule.
 */
public final class SurvivedErrors implements SQLExceptionOverride {

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException error) {
        return DatabaseError.in(error)
                        .filter(survived -> survived.mayBeOfRow() || survived.isOfUnsupportedStatement())
                        .isPresent()
                ? Override.DO_NOT_EVICT
                : Override.CONTINUE_EVICT;
    }
}
