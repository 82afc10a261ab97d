package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The summary is one line of JSON with the same members for every run, even if a name contains special characters. */
@ExtendWith(TestPlatform.class)
class SummaryJsonTest {

    private final FuseUsers fuseUsers;

    SummaryJsonTest(World world, FuseUsers fuseUsers) {
        this.fuseUsers = fuseUsers;
        world.user(1);
    }

    @Test
    void hasEveryMemberInOrderAndNullForMissingValues() {
        fuseUsers.run("deactivate", "--yes", "--user", "1");

        Map<String, Object> summary = fuseUsers.summary(1);
        assertThat(summary.keySet())
                .containsExactly(
                        "run",
                        "database",
                        "login",
                        "reason",
                        "command",
                        "dry_run",
                        "plan",
                        "undone_run",
                        "with_memberships",
                        "transfer_admin_to",
                        "state",
                        "exit_code",
                        "input",
                        "input_sha256",
                        "input_format",
                        "input_notes",
                        "started_at",
                        "ended_at",
                        "paused_since",
                        "rows",
                        "error",
                        "by",
                        "attempts",
                        "seconds",
                        "rows_per_second",
                        "outcomes",
                        "skips",
                        "deleted_rows",
                        "added_rows",
                        "waits",
                        "rows_per_second_without_waits",
                        "drift",
                        "deviations",
                        "undone_by",
                        "not_restored",
                        "removed_memberships",
                        "added_memberships",
                        "attempt_figures",
                        "resume_command",
                        "apply_command",
                        "undo_command");
        assertThat(summary)
                .containsEntry("run", 1)
                .containsEntry("dry_run", false)
                .containsEntry("plan", null)
                .containsEntry("undone_run", null)
                .containsEntry("transfer_admin_to", null)
                .containsEntry("paused_since", null)
                .containsEntry("drift", null)
                .containsEntry("deviations", null)
                .containsEntry("resume_command", null)
                .containsEntry("apply_command", null)
                .containsEntry("undo_command", "fuse-users undo --with-memberships 1");
        assertThat(summary.get("seconds")).isInstanceOf(Double.class);
    }

    @Test
    void escapesSpecialCharactersOfAFileName() {
        String input = fuseUsers.input("a \"quoted\" \\ back\u0001\u001b\u0085\u2028 \u4f60.csv", "user_id", "1");

        fuseUsers.run("deactivate", "--yes", input);

        assertThat(fuseUsers.report(1, "summary.json")).hasSize(1);
        assertThat(fuseUsers.summary(1)).containsEntry("input", input);
    }
}
