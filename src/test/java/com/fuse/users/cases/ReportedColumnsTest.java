package com.fuse.users.cases;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The program says which columns it uses and which it does not. */
@ExtendWith(TestPlatform.class)
class ReportedColumnsTest {

    private final Cases cases;

    ReportedColumnsTest(World world, Path folder, FuseUsers fuseUsers) {
        cases = new Cases(world, folder, fuseUsers);
    }

    @Test
    void usedAndUnusedColumnsAreStatedOnTheScreenAndInTheReport() {
        cases.of("user_id,Department,Login,Left on", "10045,Sales,bob.stone,2024-05-31")
                .deactivate()
                .exits(0)
                .outcomes("10045,2,DEACTIVATED")
                .prints("user_id", "Login")
                .prints("Department", "Left on")
                .reports("Department", "Left on");
    }

    @Test
    void aColumnThatTheOptionLeavesOutIsStatedAsUnused() {
        cases.of("user_id,email,active", "10046,bob.stone@example.org,no")
                .deactivate("--column", "email")
                .exits(0)
                .outcomes("10045,2,DEACTIVATED")
                .inactive(10045)
                .prints("user_id")
                .prints("active");
    }

    @Test
    void theColumnOfSuccessorsIsUsedByADeactivationOnly() {
        CaseInput input = cases.of("email;transfer_admin_to;Team", "root.admin@example.org;10045;Support");

        input.deactivate()
                .exits(0)
                .outcomes("1,2,DEACTIVATED")
                .prints("email", "transfer_admin_to")
                .prints("Team");
        input.reactivate().exits(0).prints("transfer_admin_to", "Team");
    }
}
