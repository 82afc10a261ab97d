package com.fuse.users.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform whose tables are partitioned, except for users. */
class PartitionedPlatformTest {

    private static final String PARTITION = """
            create function partition_by_user(name text) returns void language plpgsql as $$
            begin
                execute format('alter table %1$I rename to %1$s_before', name);
                execute format('create table %1$I (like %1$s_before including defaults) partition by hash (user_id)', name);
                for part in 0..2 loop
                    execute format('create table %1$s_%2$s partition of %1$I for values with (modulus 3, remainder %2$s)',
                                   name, part);
                end loop;
                execute format('insert into %1$I select * from %1$s_before', name);
                execute format('create index on %1$I (user_id)', name);
            end $$
            """;

    private final OwnPlatform platform;

    PartitionedPlatformTest(@TempDir Path folder) throws IOException {
        platform = new OwnPlatform(folder);
    }

    @BeforeEach
    void partition() {
        // Makes the job's login, which all databases of the server share.
        TestDatabase.create().close();
        platform.execute(PARTITION);
        for (String table : new String[] {"community_memberships", "certificates", "oauth_tokens", "content_views"}) {
            platform.texts("select partition_by_user('" + table + "')::text");
        }
        platform.execute("alter table oauth_tokens alter column id set default 0");
        platform.execute("alter table community_memberships add primary key (community_id, user_id)");
        platform.execute("alter table certificates add unique (user_id, course_id)");
        platform.execute("alter table activities rename to activities_before");
        platform.execute("create table activities (like activities_before) partition by range (happened_at)");
        platform.execute("create table activities_default partition of activities default");
        platform.execute("insert into activities values (1, 1, 'read', now())");
        platform.execute("insert into content_views values (1, 1, 7, now())");
    }

    @AfterEach
    void drop() {
        platform.close();
    }

    @Test
    void migrateTakesItAndTheJobChangesItsUsers() {
        assertThat(platform.migrate().exits(0).out()).isEqualTo(platform.line() + OwnPlatform.TAKEN);

        deactivate("1").exits(0);
        assertThat(platform.texts("select id || ' ' || active from users order by id"))
                .containsExactly("1 false", "2 true", "3 false");
        assertThat(platform.texts("select community_id || ' ' || user_id from community_memberships"))
                .containsExactly("1 2");
        assertThat(platform.texts("select user_id from oauth_tokens")).containsExactly("2");
        assertThat(platform.texts("select user_id from certificates")).isEmpty();
        assertThat(platform.texts("select user_id from content_views union all select user_id from activities"))
                .containsExactly("1", "1");

        run("undo", "--yes", "--with-memberships", "1").exits(0);
        assertThat(platform.texts("select community_id || ' ' || user_id from community_memberships order by 1"))
                .containsExactly("1 1", "1 2", "2 1");
        assertThat(platform.texts("select course_id || ' ' || user_id from certificates"))
                .containsExactly("10 1");

        deactivate("1").exits(0);
        assertThat(run("runs", "verify", "3").exits(0).err()).isEmpty();
    }

    /** PostgreSQL fires a statement's triggers for the table that the statement names. */
    @Test
    void theGuardsSeeAStatementThatNamesTheTableAndNotOneThatNamesAPartition() {
        platform.migrate().exits(0);
        deactivate("1").exits(0);

        assertThatThrownBy(() -> platform.execute(insert("oauth_tokens")))
                .hasMessageContaining("inactive user 1 can have no row in oauth_tokens");
        assertThatThrownBy(() -> platform.execute("update oauth_tokens set user_id = 1"))
                .hasMessageContaining("inactive user 1 can have no row in oauth_tokens");

        platform.execute(insert(platform.texts("""
                        select relid::text from pg_partition_tree('oauth_tokens')
                        where isleaf and satisfies_hash_partition('oauth_tokens'::regclass, 3, right(relid::text, 1)::int, 1::bigint)
                        """).get(0)));

        assertThat(run("runs", "verify", "1").exits(1).out()).contains("oauth_tokens");
    }

    /** A unique key of a partitioned table contains the column by which it is partitioned. */
    @Test
    void partitionedUsersAreADifference() {
        platform.execute("drop view sign_in_accounts, deliverable_notifications");
        platform.execute("alter table users rename to users_before");
        platform.execute("create table users (like users_before, primary key (id)) partition by hash (id)");
        platform.execute("create table users_0 partition of users for values with (modulus 1, remainder 0)");
        platform.execute("create view sign_in_accounts as select id, username, email from users where active");
        platform.execute("create view deliverable_notifications as select id, user_id, channel, body, created_at"
                + " from notifications");

        assertThat(platform.migrate().exits(78).err().lines().skip(1))
                .containsExactly(
                        "public.users has no primary key or unique constraint on (email), or only a deferrable one",
                        "public.users has no primary key or unique constraint on (username), or only a deferrable one");
    }

    @Test
    void unloggedTablesAreLikeOthers() {
        platform.execute("alter table device_tokens set unlogged");
        platform.execute("insert into device_tokens (user_id, token_hash, created_at) values (1, 'x', now())");
        platform.migrate().exits(0);

        deactivate("1").exits(0);

        assertThat(platform.texts("select user_id from device_tokens")).isEmpty();
    }

    private static String insert(String table) {
        return "insert into " + table + " (id, user_id, token_hash, created_at) values (9, 1, 'x', now())";
    }

    private FuseUsers.Result deactivate(String user) {
        return run("deactivate", "--yes", "--user", user);
    }

    private FuseUsers.Result run(String... arguments) {
        return platform.fuseUsers().run(arguments);
    }
}
