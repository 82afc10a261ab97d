package com.fuse.users.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.TestPlatform;
import com.fuse.users.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A purge covers the runs that ended longer ago than the age, and refuses an age that may mean another one. */
@ExtendWith(TestPlatform.class)
class PurgeAgeTest {

    private final World world;
    private final FuseUsers fuseUsers;
    private final EndedRuns ended;

    PurgeAgeTest(World world, FuseUsers fuseUsers) {
        this.world = world;
        this.fuseUsers = fuseUsers;
        ended = new EndedRuns(world, fuseUsers);
    }

    @ParameterizedTest
    @CsvSource({
        "30d, 31 days, 29 days",
        "P30D, 31 days, 29 days",
        "30D, 31 days, 29 days",
        "12h, 13 hours, 11 hours",
        "PT12H, 13 hours, 11 hours",
        "PT45M, 46 minutes, 44 minutes",
        "0d, 1 second, -1 hour",
        "100000000000000d, 1000 years, 20 years"
    })
    void purgesRunsThatEndedLongerAgo(String age, String older, String younger) {
        ended.refused(older);
        ended.refused(younger);

        fuseUsers.run("runs", "purge", "--yes", "--older-than", age).exits(0);

        assertThat(ended.runs()).containsExactly("2");
    }

    @Test
    void usesTheEndOfARunNotItsStart() {
        ended.refused("1 day");
        world.execute("update fuse_batch.runs set started_at = now() - interval '100 days'");

        fuseUsers.run(EndedRuns.PURGE);

        assertThat(ended.runs()).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1d",
                "P-1D",
                "-P1D",
                "90",
                "-90",
                "",
                "ninety",
                "90 days",
                "1y",
                "0s",
                "100ms",
                "P1W",
                "1d12h",
                "999999999999999999d"
            })
    void refusesAnArgumentThatIsNoAge(String age) {
        ended.refused("1000 days");

        FuseUsers.Result purged =
                fuseUsers.run("runs", "purge", "--yes", "--older-than", age).exits(64);

        assertThat(purged.out()).isEmpty();
        assertThat(purged.err())
                .isEqualTo("fuse-users: Invalid value for option '--older-than': '" + age
                        + "' is not a duration such as 90d,"
                        + " 12h, P90D or PT12H; see \"fuse-users runs purge --help\"\n");
        assertThat(ended.runs()).containsExactly("1");
    }

    /** Twelve months must not become twelve minutes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12M| may mean minutes or months; give days or hours, such as 365d or 12h",
                "12m| may mean minutes or months; give days or hours, such as 365d or 12h",
                "P12M| is in months, which differ in length; give days, such as 365d or P365D",
                "p1y6m3d| is in months, which differ in length; give days, such as 365d or P365D"
            })
    void refusesMonthsAndWhatMayMeanThem(String age, String reason) {
        ended.refused("1000 days");

        FuseUsers.Result purged =
                fuseUsers.run("runs", "purge", "--yes", "--older-than", age).exits(64);

        assertThat(purged.err())
                .isEqualTo(
                        "fuse-users: Invalid value for option '--older-than': '%s' %s; see \"fuse-users runs purge --help\"\n"
                                .formatted(age, reason));
        assertThat(ended.runs()).containsExactly("1");
    }

    @Test
    void requiresTheAge() {
        ended.refused("1000 days");

        FuseUsers.Result purged = fuseUsers.run("runs", "purge").exits(64);

        assertThat(purged.err())
                .isEqualTo("fuse-users: Missing required option: '--older-than=DURATION'; see \"fuse-users runs purge"
                        + " --help\"\n");
        assertThat(ended.runs()).containsExactly("1");
    }
}
