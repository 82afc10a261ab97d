package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyEgressRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jobs reach DNS, their database and the Pushgateway, and accept no connection. */
class NetworkPolicyTest {

    static Stream<String> overlays() {
        return Manifests.OVERLAYS.stream();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void podsAcceptNoConnectionAndReachOnlyDnsPostgresqlAndThePushgateway(String overlay) {
        List<V1NetworkPolicy> all = Manifests.resources(overlay, "NetworkPolicy", V1NetworkPolicy.class);

        // An empty selector means every pod of the namespace.
        List<V1NetworkPolicy> policies = all.stream()
                .filter(policy -> isEmpty(policy.getSpec().getPodSelector().getMatchLabels()))
                .toList();
        assertThat(all).hasSize(policies.size() + (overlay.equals("development") ? 1 : 0));
        assertThat(policies).allSatisfy(policy -> assertThat(
                        policy.getSpec().getPodSelector().getMatchExpressions())
                .isNullOrEmpty());
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

    /** It has its own policy, because the policy of all pods accepts no connection. */
    @Test
    void aDatabaseInTheNamespaceAcceptsTheJobs() {
        V1NetworkPolicy way = policy("fuse-users-database");
        V1NetworkPolicy door = policy("postgresql");

        assertThat(door.getSpec().getPodSelector())
                .isEqualTo(way.getSpec().getEgress().get(0).getTo().get(0).getPodSelector());
        assertThat(door.getSpec().getPolicyTypes()).containsExactly("Ingress");
        assertThat(door.getSpec().getIngress()).singleElement().satisfies(in -> {
            assertThat(in.getPorts()).isEqualTo(way.getSpec().getEgress().get(0).getPorts());
            // Every pod of the namespace, and of no other.
            assertThat(in.getFrom()).singleElement().satisfies(from -> {
                assertThat(from.getPodSelector().getMatchLabels()).isNullOrEmpty();
                assertThat(from.getNamespaceSelector()).isNull();
            });
        });
    }

    private static boolean isEmpty(@Nullable Map<String, String> labels) {
        return labels == null || labels.isEmpty();
    }

    private static V1NetworkPolicy policy(String name) {
        return Manifests.resources("development", "NetworkPolicy", V1NetworkPolicy.class).stream()
                .filter(policy -> name.equals(policy.getMetadata().getName()))
                .findFirst()
                .orElseThrow();
    }
}
