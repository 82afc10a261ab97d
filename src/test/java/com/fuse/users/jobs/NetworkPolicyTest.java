package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyEgressRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jobs reach names, their database and the Pushgateway, and nobody reaches them. */
class NetworkPolicyTest {

    static Stream<String> overlays() {
        return Manifests.OVERLAYS.stream();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void nothingComesInAndOnlyDnsPostgresqlAndThePushgatewayAreReached(String overlay) {
        List<V1NetworkPolicy> policies = Manifests.resources(overlay, "NetworkPolicy", V1NetworkPolicy.class);

        // An empty selector means every pod of the namespace.
        assertThat(policies).allSatisfy(policy -> {
            assertThat(policy.getSpec().getPodSelector().getMatchLabels()).isNullOrEmpty();
            assertThat(policy.getSpec().getPodSelector().getMatchExpressions()).isNullOrEmpty();
        });
        assertThat(policies)
                .filteredOn(policy -> policy.getSpec().getPolicyTypes().contains("Ingress"))
                .isNotEmpty()
                .allSatisfy(policy -> assertThat(policy.getSpec().getIngress()).isEmpty());
        List<V1NetworkPolicyEgressRule> ways = policies.stream()
                .filter(policy -> policy.getSpec().getPolicyTypes().contains("Egress"))
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .toList();
        // A way without an address leads everywhere.
        assertThat(ways).allSatisfy(way -> assertThat(way.getTo()).isNotEmpty());
        assertThat(ways.stream()
                        .flatMap(way -> way.getPorts().stream())
                        .map(port -> port.getProtocol() + " " + port.getPort().getIntValue()))
                .containsExactlyInAnyOrder("UDP 53", "TCP 53", "TCP 9091", "TCP 5432");
    }
}
