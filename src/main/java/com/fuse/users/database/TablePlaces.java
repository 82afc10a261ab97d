package com.fuse.users.database;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where the rows of the platform's tables are. They must be in this database: a row on another server is not part of
 * the transaction that changes its user, and the guards do not see it.
 */
record TablePlaces(JdbcClient jdbc) {

    /** What accepts changes like a table, and is in place of one or of a partition. */
    private static final String ELSEWHERE = """
            with recursive part as (
                select c.oid, c.relkind
                from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'public' and c.relname = any(:tables)
                union
                select c.oid, c.relkind
                from part p
                join pg_inherits i on i.inhparent = p.oid
                join pg_class c on c.oid = i.inhrelid
            )
            select format('%s is a %s', oid::regclass, case relkind when 'f' then 'foreign table' else 'view' end)
            from part
            where relkind in ('f', 'v')
            order by 1
            """;

    private static final String HAS_CITUS = "select to_regclass('pg_dist_partition') is not null";

    /** Citus lists its distributed and reference tables, and the local tables that it manages. */
    private static final String OF_CITUS = """
            select c.oid::regclass::text
            from pg_dist_partition d
            join pg_class c on c.oid = d.logicalrelid
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relname = any(:tables) or n.nspname = 'fuse_batch'
            order by 1
            """;

    /** The reason why one transaction does not change all of a user's rows, and the remedy; empty if it does. */
    Optional<String> findRefusal() {
        List<String> elsewhere = lines(ELSEWHERE);
        if (!elsewhere.isEmpty()) {
            return Optional.of(
                    ("%s; the platform's tables must be tables of this database, so that one transaction changes all"
                                    + " of a user's rows; connect to the database that has them")
                            .formatted(String.join(", ", elsewhere)));
        }
        List<String> ofCitus = jdbc.sql(HAS_CITUS).query(Boolean.class).single() ? lines(OF_CITUS) : List.of();
        return ofCitus.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        ("Citus manages %s, and the guards and locks of the program need tables of one server; call"
                                        + " undistribute_table for each of them, or connect to a database without Citus")
                                .formatted(String.join(", ", ofCitus)));
    }

    private List<String> lines(String query) {
        return jdbc.sql(query)
                .param("tables", PlatformTables.names().toArray(String[]::new))
                .query(String.class)
                .list();
    }
}
