package com.fuse.users.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform that has its own tables, as they must be, keeps them as they are. */
class PlatformTablesTest {

    private final OwnPlatform platform;

    PlatformTablesTest(@TempDir Path folder) throws IOException {
        platform = new OwnPlatform(folder);
    }

    @AfterEach
    void drop() {
        platform.close();
    }

    @Test
    void aPlatformKeepsItsTablesAndGetsTheGuards() {
        Map<String, List<String>> before = platform.publicObjects();

        assertThat(platform.migrate().exits(0).out()).isEqualTo(platform.line() + OwnPlatform.TAKEN);

        Map<String, List<String>> after = platform.publicObjects();
        assertThat(OwnPlatform.added(before, after, "pg_class"))
                .containsExactly("i communities_one_global", "i users_email_any_case");
        assertThat(OwnPlatform.added(before, after, "pg_proc"))
                .containsExactly("refuse_inactive_admins", "refuse_inactive_grantees", "refuse_inactive_users");
        assertThat(OwnPlatform.added(before, after, "pg_trigger"))
                .hasSize(15)
                .allMatch(trigger -> trigger.contains(" no_inactive_"));
        for (String unchanged : List.of("pg_attribute", "pg_constraint", "rows")) {
            assertThat(OwnPlatform.added(before, after, unchanged))
                    .as(unchanged)
                    .isEmpty();
        }
        assertThat(platform.texts(OwnPlatform.HISTORY))
                .containsExactly("1 BASELINE", "SCHEMA", "2 SQL", "3 SQL", "4 SQL", "5 SQL");
    }

    @Test
    void theSecondMigrateHasNothingToDo() {
        platform.migrate().exits(0);
        Map<String, List<String>> before = platform.publicObjects();
        platform.execute("alter table users drop column first_name");

        assertThat(platform.migrate().exits(0).out()).isEqualTo(platform.line() + OwnPlatform.UP_TO_DATE);

        assertThat(platform.texts(OwnPlatform.HISTORY)).hasSize(6);
        assertThat(OwnPlatform.added(before, platform.publicObjects(), "pg_trigger"))
                .isEmpty();
    }

    @Test
    void theJobChangesUsersOfThePlatform() {
        // Makes the job's login, which all databases of the server share.
        TestDatabase.create().close();
        platform.migrate().exits(0);

        platform.fuseUsers().run("deactivate", "--yes", "--user", "1").exits(0);
        platform.fuseUsers().run("undo", "--yes", "--with-memberships", "1").exits(0);
        platform.fuseUsers().run("deactivate", "--yes", "--user", "2").exits(0);

        assertThat(platform.texts("select id || ' ' || active from users order by id"))
                .containsExactly("1 true", "2 false", "3 false");
        assertThat(platform.texts(
                        "select user_id || ' ' || community_id || ' ' || source from community_memberships order by 1"))
                .containsExactly("1 1 unknown", "1 2 unknown");
        assertThat(platform.texts("select user_id from oauth_tokens")).isEmpty();
        assertThat(platform.texts("select id || ' ' || course_id || ' ' || user_id from certificates"))
                .containsExactly("2 10 1");
    }

    @Test
    void missingIndexesAreNamedAfterEveryMigrate() {
        String notes = note("community_admins") + note("oauth_tokens");
        platform.execute("alter table certificates drop constraint certificates_user_id_course_id_key");
        platform.execute("alter table certificates add unique (course_id, user_id)");

        assertThat(platform.migrate().err()).isEqualTo(note("certificates") + notes);
        platform.execute("create index on certificates (user_id)");
        assertThat(platform.migrate().err()).isEqualTo(notes);
    }

    private static String note(String table) {
        return "note: no index of public.%1$s begins with user_id, so each chunk of a run reads the whole table; create one: create index concurrently on public.%1$s (user_id)\n"
                .formatted(table);
    }

    @Test
    void theTablesAndGuardsOfARestoredSchemaAreTaken() {
        platform.migrate().exits(0);
        platform.execute("drop schema fuse_batch cascade");
        Map<String, List<String>> before = platform.publicObjects();

        assertThat(platform.migrate().exits(0).out()).isEqualTo(platform.line() + OwnPlatform.TAKEN);

        assertThat(platform.publicObjects()).isEqualTo(before);
    }
}
