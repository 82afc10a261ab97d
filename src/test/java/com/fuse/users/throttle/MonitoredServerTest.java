package com.fuse.users.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fuse.users.FuseUsers;
import com.fuse.users.OtherServer;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** A run waits for a real standby that is behind, and for an archiver that fails. */
@ExtendWith(TestPlatform.class)
record MonitoredServerTest(TestDatabase database, Path folder, FuseUsers fuseUsers) {

    private static final String MONITORED = "Monitored: lock waits, %sreplica lag of %s";

    /** The login is no superuser. */
    @Test
    void aRunWaitsUntilTheStandbyHasCaughtUp() throws Exception {
        try (OtherServer primary = new OtherServer(folder("primary"));
                OtherServer standby = primary.standby(folder("standby"))) {
            users(primary);
            awaitStandby(primary);
            standby.jdbc().sql("select pg_wal_replay_pause()").query().listOfRows();
            await().atMost(Duration.ofSeconds(30)).until(() -> lagsAfterAWrite(primary));
            primary.jdbc()
                    .sql("create role night login password 'night' in role fuse_users_job, pg_read_all_stats")
                    .update();
            Map<String, String> settings = new HashMap<>(primary.settings());
            settings.put("spring.datasource.username", "night");
            settings.put("spring.datasource.password", "night");

            Process run = start(settings);
            awaitWait(primary, "replica_lag");
            assertThat(count(primary, "select count(*) from users where not active"))
                    .isZero();
            standby.jdbc().sql("select pg_wal_replay_resume()").query().listOfRows();
            assertEnds(run);

            assertThat(count(primary, "select count(*) from users where not active"))
                    .isEqualTo(100);
            assertThat(out())
                    .contains(MONITORED.formatted("", "1 standby")
                            + "; not monitored: archive backlog (archive_mode is off)\n");
            assertThat(log())
                    .containsPattern("Waiting: standby standby at \\S+ is [\\d.]+ s behind, more than 1.0 s\n");
        }
    }

    /** The server's own figure for a frozen standby does not grow, and a standby that is gone has none. */
    @Test
    void aRunWaitsForAFrozenStandbyAndSaysThatOneIsGone() throws Exception {
        try (OtherServer primary = new OtherServer(folder("primary"));
                OtherServer standby = primary.standby(folder("standby"))) {
            users(primary);
            primary.jdbc()
                    .sql("create function slow() returns trigger language plpgsql as"
                            + " $$ begin perform pg_sleep(0.1); return new; end $$")
                    .update();
            primary.jdbc()
                    .sql("create trigger slow before update on users for each row execute function slow()")
                    .update();
            awaitStandby(primary);

            Process run = start(primary.settings());
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> count(primary, "select count(*) from users where not active") > 0);
            standby.freeze();
            awaitWait(primary, "replica_lag");
            standby.kill();
            assertEnds(run);

            assertThat(count(primary, "select count(*) from users where not active"))
                    .isEqualTo(100);
            assertThat(log())
                    .containsPattern("Standby standby at \\S+ is gone; its lag is not monitored until it comes back\n");
        }
    }

    /** It has a position like a standby, which may stand for hours. */
    @Test
    void aLogicalSubscriberIsNoStandby() throws Exception {
        try (OtherServer server = new OtherServer(folder("primary"))) {
            server.restart("wal_level=logical");
            users(server);
            server.jdbc().sql("create publication users for table users").update();
            server.jdbc()
                    .sql("select pg_create_logical_replication_slot('subscriber', 'pgoutput')")
                    .query()
                    .listOfRows();
            PGSimpleDataSource subscriber = server.owner();
            subscriber.setReplication("database");
            subscriber.setAssumeMinServerVersion("14");
            subscriber.setPreferQueryMode(PreferQueryMode.SIMPLE);
            try (Connection session = subscriber.getConnection();
                    PGReplicationStream stream = session.unwrap(PGConnection.class)
                            .getReplicationAPI()
                            .replicationStream()
                            .logical()
                            .withSlotName("subscriber")
                            .withSlotOption("proto_version", 1)
                            .withSlotOption("publication_names", "users")
                            .start()) {
                stream.setAppliedLSN(LogSequenceNumber.valueOf(server.jdbc()
                        .sql("select confirmed_flush_lsn::text from pg_replication_slots")
                        .query(String.class)
                        .single()));
                stream.forceUpdateStatus();
                await().atMost(Duration.ofSeconds(30))
                        .until(() ->
                                count(server, "select count(*) from pg_stat_replication where replay_lsn is not null")
                                        == 1);

                assertEnds(start(server.settings()));
            }

            assertThat(out()).contains(MONITORED.formatted("", "0 standbys") + ";");
            assertThat(count(server, "select count(*) from fuse_batch.waits")).isZero();
        }
    }

    @Test
    void aRunWaitsUntilTheArchiverHasCaughtUp() throws Exception {
        try (OtherServer server = new OtherServer(folder("primary"))) {
            server.restart("archive_mode=on", "archive_command=false");
            users(server);
            for (int segment = 0; segment < 5; segment++) {
                server.jdbc()
                        .sql("update users set first_name = 'New' where id = 101")
                        .update();
                server.jdbc().sql("select pg_switch_wal()").query().listOfRows();
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            count(server, "select count(*) from pg_stat_archiver where last_failed_wal is not null")
                                    == 1);

            Process run = start(server.settings(), "--max-archive-backlog=2");
            awaitWait(server, "archive_backlog");
            assertThat(count(server, "select count(*) from users where not active"))
                    .isZero();
            server.restart("archive_mode=on", "archive_command=true");
            assertEnds(run);

            assertThat(count(server, "select count(*) from users where not active"))
                    .isEqualTo(100);
            assertThat(out()).contains(MONITORED.formatted("archive backlog, ", "0 standbys") + "\n");
            // After a backup, the last archived file is not a segment; the failure before it is over.
            try (Connection session = server.owner().getConnection();
                    Statement backup = session.createStatement()) {
                backup.execute("select pg_backup_start('test', true)");
                backup.execute("select pg_backup_stop(false)");
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> count(
                                    server,
                                    "select count(*) from pg_stat_archiver where last_archived_wal like '%.backup'")
                            == 1);
            fuseUsers
                    .run(server.settings(), "deactivate", "--yes", "--max-archive-backlog=0", "--user", "101")
                    .exits(0);
            assertThat(count(server, "select count(distinct run_id) from fuse_batch.waits"))
                    .isEqualTo(1);
            assertThat(log()).containsPattern("Waiting: [45] segments wait to be archived, more than 2\n");
        }
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private static void users(OtherServer server) {
        server.jdbc()
                .sql("insert into communities (id, name, is_global) values (1, 'All', true)")
                .update();
        server.jdbc()
                .sql("insert into users (id, username, email) select n, 'u' || n, 'u' || n || '@x.test'"
                        + " from generate_series(1, 101) n")
                .update();
    }

    private static void awaitStandby(OtherServer primary) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        count(primary, "select count(*) from pg_stat_replication where replay_lsn = sent_lsn") == 1);
    }

    private static boolean lagsAfterAWrite(OtherServer primary) {
        primary.jdbc().sql("update users set first_name = 'New' where id = 101").update();
        return count(primary, "select count(*) from pg_stat_replication where replay_lag > interval '1.5 s'") == 1;
    }

    private Process start(Map<String, String> settings, String... options) throws IOException {
        StringBuilder lines = new StringBuilder("user_id\n");
        for (int id = 1; id <= 100; id++) {
            lines.append(id).append('\n');
        }
        Path input = Files.writeString(folder.resolve("leavers.csv"), lines);
        String[] command = {
            "deactivate", "--yes", "--max-percent=100", "--chunk-size=5", "--max-replica-lag=1s", input.toString()
        };
        ProcessBuilder program = fuseUsers.process(command);
        program.command().addAll(List.of(options));
        settings.forEach((setting, value) -> program.environment().put(FuseUsers.variable(setting), value));
        program.environment().put("LOGGING_CONFIG", "classpath:logback-spring.xml");
        return program.redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }

    private static void awaitWait(OtherServer server, String reason) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        count(server, "select count(*) from fuse_batch.waits where reason = '" + reason + "'") == 1);
    }

    private void assertEnds(Process run) throws InterruptedException, IOException {
        assertThat(run.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(log()).isZero();
    }

    private static long count(OtherServer server, String sql) {
        return server.jdbc().sql(sql).query(Long.class).single();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }
}
