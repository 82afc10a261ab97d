package com.fuse.users.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule for the text of {@code version()}. The texts are those of the products; the products were not run. */
class ServerVersionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PostgreSQL 15.2-YB-2.25.0.0-b0 on aarch64-unknown-linux-gnu, compiled by clang version 17.0.6, 64-bit"
                        + "| YugabyteDB 15.2-YB-2.25.0.0-b0",
                "CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, built 2024/05/15 21:28:29, go1.22.2)"
                        + "| CockroachDB CCL v24.1.0",
                "CrateDB 5.7.2 (built 4f7a1ae, 64bit)| CrateDB 5.7.2",
                "PostgreSQL 14.4 (Apache Cloudberry 2.0.0 build 1) on x86_64-pc-linux-gnu, 64-bit| Cloudberry",
                "PostgreSQL 14.1 (Greenplum Database 8.0.0 build 1) on x86_64-pc-linux-gnu| Greenplum Database",
            })
    void namesAnotherProduct(String version, String product) {
        assertThat(ServerVersion.otherProduct(version)).contains(product);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PostgreSQL 18.4 on x86_64-pc-linux-gnu, compiled by gcc (GCC) 12.2.0, 64-bit",
                "PostgreSQL 15.13 (Debian 15.13-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc, 64-bit",
                "PostgreSQL 16.8 on aarch64-unknown-linux-gnu, compiled by aarch64-unknown-linux-gnu-gcc (GCC) 9.5.0, 64-bit",
                "PostgreSQL 17beta1 on x86_64-windows, compiled by msvc-19.38, 64-bit",
                "PostgreSQL 16.1 (EnterpriseDB Advanced Server 16.1.0) on x86_64-pc-linux-gnu, 64-bit",
            })
    void acceptsPostgresqlAndThatWithAdditions(String version) {
        assertThat(ServerVersion.otherProduct(version)).isEmpty();
    }
}
