package com.fuse.users.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestDatabase;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import com.fuse.users.run.Actor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each attempt records who made it and why it was refused or failed; the run records its reason. */
@ExtendWith(TestPlatform.class)
record WhoAndWhyTest(World world, TestDatabase database, FuseUsers fuseUsers) {

    private static final Actor ME = Actor.ofThisProcess();

    @Test
    void theAttemptRecordsItsAccountHostVersionAndLogin() {
        world.user(1);

        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);

        assertThat(world.texts("select concat_ws('|', account, host, version, login, error) from fuse_batch.attempts"))
                .containsExactly(String.join("|", ME.account(), ME.host(), "from a checkout", database.jobUser()));
        assertThat(fuseUsers.summary(1))
                .contains(entry("by", List.of(by())), entry("login", database.jobUser()))
                .containsEntry("reason", null)
                .containsEntry("error", null);
        assertThat(fuseUsers.run("runs", "show", "1").out()).contains("  " + ME.describe() + "  ended the run\n");
    }

    @Test
    void theReasonAppearsInTheListTheDetailsAndTheReport() {
        world.user(1);

        fuseUsers
                .run("deactivate", "--yes", "--reason", "CHG-123 <leavers>", "--user", "1")
                .exits(0);

        assertThat(world.texts("select reason from fuse_batch.runs")).containsExactly("CHG-123 <leavers>");
        assertThat(fuseUsers.summary(1)).containsEntry("reason", "CHG-123 <leavers>");
        assertThat(fuseUsers.run("runs").out()).contains("  CHG-123 <leavers>\n");
        assertThat(fuseUsers.run("runs", "show").out()).contains("\nReason: CHG-123 <leavers>\n");
        assertThat(page(1).select(".facts-line").text())
                .contains(" · by " + ME.describe())
                .contains("CHG-123 <leavers>");
    }

    @Test
    void aResumeKeepsTheReasonUnlessItGivesAnother() {
        world.user(1);
        world.breakChunks();
        fuseUsers.run("deactivate", "--yes", "--reason", "first", "--user", "1").exits(1);
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(1);
        assertThat(world.texts("select reason from fuse_batch.runs")).containsExactly("first");

        fuseUsers
                .run("deactivate", "--yes", "--reason", "second", "--user", "1")
                .exits(1);

        assertThat(world.texts("select reason from fuse_batch.runs")).containsExactly("second");
    }

    @Test
    void aReasonMustHaveText() {
        assertThat(fuseUsers
                        .run("deactivate", "--reason", " ", "--user", "1")
                        .exits(64)
                        .err())
                .startsWith("fuse-users: --reason must have 1 to 200 characters, not  ;");
    }

    @Test
    void aRefusedRunSaysWhy() {
        world.user(1);

        String refusal = fuseUsers
                .run("deactivate", "--yes", "--max-users", "0", "--user", "1")
                .exits(77)
                .err();

        String why = refusal.strip().replaceFirst("fuse-users: ", "");
        assertThat(why).startsWith("1 user would be deactivated");
        assertThat(json(1)).containsEntry("error", why);
        assertThat(fuseUsers.run("runs", "show", "1").out()).contains("\nError: " + why + "\n");
        fuseUsers.run("runs", "report", "1").exits(0);
        assertThat(page(1).select("#why + p").text()).isEqualTo(why);
    }

    @Test
    void aPlanThatALimitWouldRefuseSaysWhy() {
        world.user(1);

        fuseUsers
                .run("deactivate", "--dry-run", "--max-users", "0", "--user", "1")
                .exits(77);

        assertThat(fuseUsers.summary(1).get("error")).asString().startsWith("1 user would be deactivated");
    }

    @Test
    void everyFailedAttemptSaysWhyUntilOneSucceeds() {
        world.user(1);
        world.breakChunks();
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(1);
        String error = Objects.requireNonNull(json(1).get("error")).toString();
        assertThat(fuseUsers.run("runs", "show", "1").out()).contains("\nError: " + error + "\n");
        world.mendChunks();

        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);

        assertThat(fuseUsers.summary(1)).containsEntry("error", null).containsEntry("by", List.of(by(), by()));
        assertThat(world.texts("select coalesce(error, 'none') from fuse_batch.attempts order by job_execution_id"))
                .containsExactly(error, "none");
    }

    @Test
    void theJobCannotChangeWhoMadeAnAttempt() {
        world.user(1);
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);

        assertThat(world.texts("""
                        select column_name || ' ' || privilege_type
                        from information_schema.column_privileges
                        where table_name = 'attempts' and grantee = 'fuse_users_job' and privilege_type <> 'SELECT'
                        order by 1
                        """))
                .containsExactly(
                        "account INSERT",
                        "error UPDATE",
                        "host INSERT",
                        "job_execution_id INSERT",
                        "lock_pid INSERT",
                        "version INSERT");
    }

    @Test
    void aPurgeRemovesTheAttempts() {
        world.user(1);
        fuseUsers.run("deactivate", "--yes", "--user", "1").exits(0);

        fuseUsers.run("runs", "purge", "--older-than", "0d", "--yes").exits(0);

        assertThat(world.texts("select account from fuse_batch.attempts")).isEmpty();
    }

    private Map<String, Object> by() {
        return Map.of("account", ME.account(), "host", ME.host(), "version", ME.version(), "login", database.jobUser());
    }

    private Map<String, Object> json(long run) {
        fuseUsers.run("runs", "report", String.valueOf(run)).exits(0);
        return fuseUsers.summary(run);
    }

    private Document page(long run) {
        return Jsoup.parse(fuseUsers.reportText(run, "report.html"));
    }
}
