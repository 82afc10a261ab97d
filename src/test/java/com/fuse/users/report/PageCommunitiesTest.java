package com.fuse.users.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.EveryOutcome;
import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code report.html} shows which communities lost or got members; the global one, to which all belong, hides none. */
@ExtendWith(TestPlatform.class)
record PageCommunitiesTest(World world, Path folder, FuseUsers fuseUsers) {

    @Test
    void sumsTheRemovedMembershipsByCommunity() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        assertThat(PageTables.rows(page(1), "Memberships removed, by community ID"))
                .containsExactly("2 1", "3 1");
        assertThat(page(1).select("#tables ~ p").text())
                .isEqualTo(
                        "3 memberships of 3 communities, 1 of them of the global community 1, to which all users belong;"
                                + " user by user in removed-memberships.csv.");
        assertThat(fuseUsers.summary(1))
                .containsEntry(
                        "removed_memberships",
                        Map.of(
                                "memberships",
                                3,
                                "communities",
                                3,
                                "most",
                                List.of(
                                        Map.of("community_id", 1, "memberships", 1),
                                        Map.of("community_id", 2, "memberships", 1),
                                        Map.of("community_id", 3, "memberships", 1))));
    }

    @Test
    void namesTheCommunitiesThatLostTheMostAndCountsTheOthers() {
        world.users(1, 3);
        for (long community = 101; community <= 125; community++) {
            world.community(community);
            world.member(1, community);
        }
        world.member(2, 125);
        world.member(3, 125);
        world.member(2, 110);
        world.execute("insert into community_memberships (community_id, user_id) select 1, id from users");
        fuseUsers.run("deactivate", "--yes", "--user", "1", "--user", "2", "--user", "3");

        assertThat(PageTables.rows(page(1), "Memberships removed, by community ID"))
                .hasSize(11)
                .startsWith("125 3", "110 2", "101 1")
                .endsWith("108 1", "15 others 15");
        assertThat(fuseUsers.run("runs", "show", "1").out())
                .containsPattern("\n  Removed from +Memberships\n  global community 1 +3\n  community 125 +3\n"
                        + "  community 110 +2\n  community 101 +1\n")
                .containsPattern("\n  community 108 +1\n  15 others +15\n");
    }

    /** Bars in proportion to all users, or to the sum of the others, would be one pixel each. */
    @Test
    void theBarsAreInProportionToTheLargestSingleCommunity() {
        world.users(1, 4);
        for (long community = 101; community <= 112; community++) {
            world.community(community);
            world.member(1, community);
        }
        world.member(2, 112);
        world.execute("insert into community_memberships (community_id, user_id) select 1, id from users");
        fuseUsers.run("deactivate", "--yes", "--user", "1", "--user", "2", "--user", "3", "--user", "4");

        Element table = PageTables.table(page(1), "Memberships removed, by community ID");

        assertThat(table.select("rect:not(.track)").eachAttr("width"))
                .containsExactlyElementsOf(Stream.concat(Stream.of("100.00"), Collections.nCopies(9, "50.00").stream())
                        .toList());
        assertThat(table.select("tbody tr:last-child").text()).isEqualTo("2 others 2");
        assertThat(table.select("tbody tr:last-child svg")).isEmpty();
    }

    /** They are for those who look for them: twelve lines that tell the operator nothing to do. */
    @Test
    void theCommunitiesAreFoldedAndTheirSumIsNot() {
        fuseUsers.run("deactivate", "--yes", "--max-bad-percent=100", EveryOutcome.make(world, fuseUsers));

        assertThat(page(1).select("details:not([open]) > table > caption").eachText())
                .containsExactly("Memberships removed, by community ID");
        assertThat(page(1).select("details > summary").eachText()).containsExactly("The communities");
        assertThat(page(1).select("#tables ~ h3 + p")).hasSize(1);
    }

    private Document page(long run) {
        return Jsoup.parse(fuseUsers.reportText(run, "report.html"));
    }
}
