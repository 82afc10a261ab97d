package com.fuse.users.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.database.Migrator.Migrated;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration of a platform with its own tables is complete or can be completed, whatever interrupted it. */
class InterruptedMigrationTest {

    private final OwnPlatform platform;

    InterruptedMigrationTest(@TempDir Path folder) throws IOException {
        platform = new OwnPlatform(folder);
    }

    @AfterEach
    void drop() {
        platform.close();
    }

    /** An event trigger makes the session fail that commits a row of the history, as a crash at this moment does. */
    @ParameterizedTest
    @ValueSource(strings = {"2", "5"})
    void aCrashBeforeAMigrationIsRecordedLeavesAStateThatMigrateCompletes(String version) {
        platform.execute("""
                create function crash() returns trigger language plpgsql as $$ begin
                    perform pg_terminate_backend(pg_backend_pid());
                    return null;
                end $$""");
        platform.execute("""
                create function set_crash() returns event_trigger language plpgsql as $$ begin
                    if to_regclass('fuse_batch.flyway_schema_history') is not null
                       and not exists (select from pg_trigger where tgname = 'crash') then
                        create constraint trigger crash after insert on fuse_batch.flyway_schema_history
                            deferrable initially deferred for each row when (new.version = '%s')
                            execute function crash();
                    end if;
                end $$""".formatted(version));
        platform.execute("create event trigger set_crash on ddl_command_end when tag in ('CREATE TABLE', 'ALTER TABLE')"
                + " execute function set_crash()");

        assertThat(platform.migrate().exit()).isNotZero();

        platform.execute("drop event trigger set_crash");
        platform.execute("drop function set_crash(), crash() cascade");
        assertThat(platform.migrate().exits(0).out()).endsWith("migrations applied; the schema is up to date\n");
        assertThat(platform.migrate().out()).isEqualTo(platform.line() + OwnPlatform.UP_TO_DATE);
        assertThat(platform.texts(OwnPlatform.HISTORY)).contains("1 BASELINE", "2 SQL", "5 SQL");
    }

    @Test
    void aHistoryThatAnInterruptedMigrationLeftEmptyIsNoObstacle() {
        platform.migrate().exits(0);
        platform.execute("drop schema fuse_batch cascade; create schema fuse_batch");
        platform.execute("create table fuse_batch.flyway_schema_history (version text)");

        assertThat(platform.migrate().exits(0).out()).isEqualTo(platform.line() + OwnPlatform.TAKEN);
    }

    @Test
    void recordsWithoutAHistoryRefuseTheMigration() {
        platform.migrate().exits(0);
        platform.execute("drop table fuse_batch.flyway_schema_history");

        assertThat(platform.migrate().exits(78).err())
                .isEqualTo(
                        "fuse-users: schema fuse_batch has tables but no flyway_schema_history; restore the whole schema"
                                + " from a backup, or drop it to start without the records of earlier runs\n");
    }

    @Test
    void ofTwoMigrationsAtTheSameTimeOneWaitsForTheOther() {
        List<String> unindexed = List.of("community_admins", "oauth_tokens");
        CompletableFuture<Migrated> other = CompletableFuture.supplyAsync(
                () -> new Migrator(platform.database().owner()).migrate());

        Migrated one = new Migrator(platform.database().owner()).migrate();

        assertThat(List.of(one, other.join()))
                .containsExactlyInAnyOrder(new Migrated(4, true, unindexed), new Migrated(0, false, unindexed));
    }
}
