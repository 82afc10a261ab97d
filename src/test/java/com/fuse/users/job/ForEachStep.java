package com.fuse.users.job;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs a test once for each step that writes: staging, the chunk of user 55, and the report. The arguments are those of
 * {@link com.fuse.users.OtherSession#gate}, which stops the step.
 */
@ParameterizedTest(name = "{0} {1}, when {2}")
@CsvSource(
        delimiter = '|',
        value = {
            "before insert | fuse_batch.run_rows | new.line = 2",
            "before insert | fuse_batch.run_outcomes | new.user_id = 55",
            "before update | fuse_batch.runs | new.ended_at is not null"
        })
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface ForEachStep {}
