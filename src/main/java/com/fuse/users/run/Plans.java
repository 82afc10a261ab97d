package com.fuse.users.run;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What makes a run a plan that another run can be checked against. */
record Plans(JdbcClient jdbc) {

    static final String NEWEST_MIGRATION = "select max(installed_on) from fuse_batch.flyway_schema_history";

    /** Whether the run with this number is the plan that a run with this definition can be checked against. */
    boolean isPlanOf(long id, RunDefinition definition) {
        return jdbc.sql("select exists (select from fuse_batch.runs where id = :id and run_key = :key)")
                .param("id", id)
                .param("key", definition.keyOfThePlan().sha256())
                .query(Boolean.class)
                .single();
    }

    /** Whether no migration was applied since the run with this number started. */
    boolean isOfTheCurrentSchema(long id) {
        return jdbc.sql("select schema_installed_on is not distinct from (" + NEWEST_MIGRATION
                        + ") from fuse_batch.runs where id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }
}
