package com.fuse.users.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All connections of a run must lead to one server, whichever of several hosts that is. */
class ServerHostsTest {

    @ParameterizedTest
    @ValueSource(strings = {"any", "secondary", "preferSecondary", "preferPrimary", "slave"})
    void severalHostsAreRefusedUnlessTheyLeadToThePrimary(String type) {
        assertThat(refusal("a,b:5433/fuse?targetServerType=" + type))
                .isEqualTo(
                        "SPRING_DATASOURCE_URL names several hosts with targetServerType=%s, so a connection may lead to a standby; add targetServerType=primary to it"
                                .formatted(type));
    }

    @Test
    void anyServerIsTheDriversDefault() {
        assertThat(refusal("a,b/fuse")).contains("targetServerType=any,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/fuse",
                "a:5433/fuse?targetServerType=any",
                "a,b/fuse?targetServerType=primary",
                "a,b/fuse?targetServerType=master&loadBalanceHosts=true",
            })
    void oneHostOrThePrimaryIsFine(String url) {
        assertThat(refusal(url)).isNull();
    }

    /** The setting may be a property of the driver, which the URL overrides. */
    @Test
    void aPropertyCountsUnlessTheUrlSaysOtherwise() {
        Properties primary = new Properties();
        primary.setProperty("targetServerType", "primary");

        assertThat(new ServerHosts("jdbc:postgresql://a,b/fuse", primary).findRefusal())
                .isEmpty();
        assertThat(new ServerHosts("jdbc:postgresql://a,b/fuse?targetServerType=any", primary).findRefusal())
                .isPresent();
    }

    private static @Nullable String refusal(String url) {
        return new ServerHosts("jdbc:postgresql://" + url, new Properties())
                .findRefusal()
                .orElse(null);
    }
}
