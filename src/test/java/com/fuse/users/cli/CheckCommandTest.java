package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The command {@code check} tests all that a nightly run needs, and says what to do about each item that fails. */
@ExtendWith(TestPlatform.class)
record CheckCommandTest(World world, TestDatabase database, Path folder, FuseUsers fuseUsers) {

    private static final String GATEWAY = "management.prometheus.metrics.export.pushgateway.";

    @Test
    void printsALineForEachItem() {
        String input = fuseUsers.input("leavers.csv", "1");
        var platform = world.platform();

        FuseUsers.Result result = check(input).exits(0);

        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines().map(line -> line.replaceFirst("PostgreSQL [0-9.]+$", "PostgreSQL")))
                .containsExactly(
                        "ok       address        " + fuseUsers.database(),
                        "ok       login          " + database.jobUser(),
                        "ok       TLS            none, on this machine",
                        "ok       server         PostgreSQL",
                        "ok       schema         up to date",
                        "ok       rights         sufficient",
                        "ok       guards         in place",
                        "ok       tables         every table that refers to users is deleted from or kept, by the"
                                + " specification",
                        "ok       report folder  " + folder.resolve("reports"),
                        "ok       input          " + input
                                + ": UTF-8, delimiter ',', no header, column 1 (user ID); 1 row",
                        "ok       metrics        no receiver is configured");
        assertThat(world.platform()).isEqualTo(platform);
        assertThat(world.texts("select id::text from fuse_batch.runs")).isEmpty();
    }

    @Test
    void findsATableThatRefersToUsersAndIsInNoList() {
        world.execute("create schema billing");
        world.execute("create table billing.invoices (owner bigint references users)");
        world.execute("create table badges (user_id bigint)");
        world.execute("create table colours (id bigint)");

        assertThat(check().exits(0).out())
                .contains(
                        "warning  tables         badges, billing.invoices: refers to users, but is in no list, so a deactivation"
                                + " keeps its rows; find out whether it should\n");
    }

    @Test
    void findsGuardsThatAreMissingOrDisabled() {
        world.execute("alter table oauth_tokens disable trigger no_inactive_user_inserted");
        world.execute("drop trigger no_inactive_admin on users");

        FuseUsers.Result result = check().exits(78);

        assertThat(result.out())
                .contains(
                        "FAILED   guards         missing or disabled: no_inactive_admin on users, no_inactive_user_inserted on"
                                + " oauth_tokens; enable them as the owner");
        assertThat(result.err()).isEqualTo("fuse-users: 1 check failed; the lines above say what to do\n");
    }

    @Test
    void findsAMissingRight() {
        world.execute("revoke delete on oauth_tokens from fuse_users_job");

        assertThat(check().exits(78).out())
                .contains(
                        "FAILED   rights         this login may not delete oauth_tokens; grant it the role fuse_users_job");
    }

    @Test
    void findsAnOldSchemaAndChecksTheFilesAllTheSame() {
        world.execute(
                "update fuse_batch.flyway_schema_history set version = '0.' || version where version is not null");

        assertThat(check().exits(78).out())
                .contains(
                        "FAILED   schema         " + fuseUsers.database() + ": the database's schema is at version 0.5")
                .contains("ok       report folder  ")
                .doesNotContain("guards");
    }

    @Test
    void findsAReportFolderAndAnInputThatCannotBeUsed() throws IOException {
        Files.writeString(folder.resolve("reports"), "a file");
        Files.createDirectory(folder.resolve("inbox"));
        Files.writeString(folder.resolve("inbox/list.txt"), "1");

        assertThat(check(folder.resolve("inbox").toString()).exits(78).out())
                .contains("FAILED   report folder  reports cannot be written to ")
                .contains("FAILED   input          " + folder.resolve("inbox")
                        + ": the folder holds no .csv or .csv.gz file")
                .contains("warning  input          " + folder.resolve("inbox") + ": left out because");
    }

    @Test
    void connectsToTheReceiverOfMetrics() throws IOException {
        try (ServerSocket gateway = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "localhost:" + gateway.getLocalPort();
            assertThat(checkWith(Map.of(GATEWAY + "enabled", "true", GATEWAY + "address", address))
                            .exits(0)
                            .out())
                    .endsWith("ok       metrics        " + address + "\n");
        }
        assertThat(checkWith(Map.of(GATEWAY + "enabled", "true", GATEWAY + "address", "localhost:1"))
                        .exits(0)
                        .out())
                .contains("warning  metrics        localhost:1: ");
    }

    @Test
    void checksTheFilesEvenIfTheDatabaseCannotBeReached() {
        FuseUsers.Result result = checkWith(Map.of("spring.datasource.url", "jdbc:postgresql://nohost.invalid/fuse"))
                .exits(78);

        assertThat(result.out())
                .isEqualTo(
                        "FAILED   address        the database cannot be reached: unknown host nohost.invalid; correct"
                                + " SPRING_DATASOURCE_URL, or try again later\n"
                                + "ok       report folder  " + folder.resolve("reports") + "\n"
                                + "ok       metrics        no receiver is configured\n");
    }

    @Test
    void warnsOfASuperuser() {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.put("spring.datasource.username", database.ownerUser());
        settings.put("spring.datasource.password", database.ownerPassword());

        assertThat(fuseUsers
                        .run(
                                settings,
                                "check",
                                "--report-dir",
                                folder.resolve("reports").toString())
                        .out())
                .contains("warning  login          ");
    }

    private FuseUsers.Result check(String... inputs) {
        return checkWith(Map.of(), inputs);
    }

    private FuseUsers.Result checkWith(Map<String, String> more, String... inputs) {
        Map<String, String> settings = new HashMap<>(database.jobSettings());
        settings.putAll(more);
        String[] command = new String[inputs.length + 3];
        command[0] = "check";
        command[1] = "--report-dir";
        command[2] = folder.resolve("reports").toString();
        System.arraycopy(inputs, 0, command, 3, inputs.length);
        return fuseUsers.run(settings, command);
    }
}
