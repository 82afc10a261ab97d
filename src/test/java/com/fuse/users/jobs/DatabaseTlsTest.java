package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.FuseUsers;
import com.fuse.users.OtherServer;
import com.fuse.users.TestPlatform;
import com.fuse.users.jobs.Manifests.Workload;
import io.kubernetes.client.openapi.models.V1EnvVar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every pod of production accepts only the server that the certificate names, as its environment says. */
@ExtendWith(TestPlatform.class)
class DatabaseTlsTest {

    private static final String PASSWORD = "changeit";
    private static final String AUTHORITY = "SPRING_DATASOURCE_HIKARI_DATASOURCEPROPERTIES_SSLROOTCERT";
    private static final String MODE = "SPRING_DATASOURCE_HIKARI_DATASOURCEPROPERTIES_SSLMODE";

    private final FuseUsers fuseUsers;
    private final Path folder;
    private final OtherServer server;
    private final Path certificate;

    DatabaseTlsTest(FuseUsers fuseUsers, Path folder) throws Exception {
        this.fuseUsers = fuseUsers;
        this.folder = folder;
        certificate = makeCertificate("server");
        server = new OtherServer(Files.createDirectory(folder.resolve("server")));
        server.jdbc()
                .sql("alter system set ssl_cert_file = '%s'".formatted(certificate))
                .update();
        server.jdbc()
                .sql("alter system set ssl_key_file = '%s'".formatted(folder.resolve("server.key")))
                .update();
        server.jdbc().sql("alter system set ssl = on").update();
        server.jdbc().sql("select pg_reload_conf()").query(Boolean.class).single();
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    @Test
    void everyPodOfProductionMountsTheAuthorityThatItsEnvironmentNames() {
        assertThat(Manifests.workloads("production")).hasSize(5).allSatisfy(workload -> {
            assertThat(environment(workload))
                    .containsEntry(MODE, "verify-full")
                    .containsEntry(AUTHORITY, workload.mount("database-ca").getMountPath() + "/ca.crt");
            assertThat(workload.volume("database-ca").getConfigMap().getName()).isEqualTo("fuse-users-database-ca");
        });
        assertThat(Manifests.workloads("development"))
                .allSatisfy(workload -> assertThat(environment(workload)).doesNotContainKeys(MODE, AUTHORITY));
    }

    @Test
    void aServerWithACertificateOfTheAuthorityIsAccepted() throws Exception {
        assertThat(check(certificate, "localhost")).contains("ok       TLS            TLSv1.3");
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() throws Exception {
        assertThat(check(makeCertificate("other"), "localhost"))
                .contains(
                        "FAILED   TLS            the database cannot be reached: its certificate is not trusted: unable to find valid"
                                + " certification path to requested target; check sslmode and sslrootcert in SPRING_DATASOURCE_URL\n");
    }

    @Test
    void aServerWithAnotherNameIsRefused() throws Exception {
        assertThat(check(certificate, "127.0.0.1"))
                .contains(
                        "FAILED   TLS            the database cannot be reached: its certificate is for another host; check the host"
                                + " and sslmode in SPRING_DATASOURCE_URL\n");
    }

    /** What {@code check} prints. */
    private String check(Path authority, String host) throws IOException, InterruptedException {
        Workload night = Manifests.workloads("production")
                .filter(workload -> workload.name().equals("fuse-users-nightly"))
                .findFirst()
                .orElseThrow();
        ProcessBuilder program = fuseUsers
                .process("check")
                .redirectOutput(folder.resolve("out.txt").toFile());
        server.settings().forEach((setting, value) -> program.environment()
                .put(FuseUsers.variable(setting), value.replace("//localhost:", "//" + host + ":")));
        environment(night).forEach((name, value) -> {
            if (name.equals(MODE) || name.equals(AUTHORITY)) {
                program.environment().put(name, value);
            }
        });
        program.environment().replace(AUTHORITY, authority.toString());
        program.start().waitFor();
        return Files.readString(folder.resolve("out.txt"));
    }

    private static Map<String, String> environment(Workload workload) {
        return workload.container().getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(V1EnvVar::getName, V1EnvVar::getValue, (one, other) -> other, HashMap::new));
    }

    /** For localhost alone, with its key beside it. */
    private Path makeCertificate(String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path keys = folder.resolve(name + ".p12");
        assertThat(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                name,
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                keys.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        Path key = folder.resolve(name + ".key");
        write(key, "PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded());
        // PostgreSQL refuses a key that others may read.
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return write(
                folder.resolve(name + ".crt"),
                "CERTIFICATE",
                store.getCertificate(name).getEncoded());
    }

    private static Path write(Path file, String type, byte[] content) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                        .formatted(type, Base64.getMimeEncoder().encodeToString(content)));
    }
}
