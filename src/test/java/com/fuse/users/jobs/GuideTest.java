package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.cli.FuseUsersCommand;
import io.kubernetes.client.openapi.models.V1Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide and the runbook fit the manifests and the program. */
class GuideTest {

    private static final List<Path> PAGES = List.of(
            Path.of("jobs", "README.md"),
            Path.of("jobs", "RUNBOOK.md"),
            Path.of("jobs", "overlays", "development", "README.md"));

    /** A line of a block, with what comes before in a pipe or after "kubectl exec"; or code within a sentence. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^ *(?:\\$ |.*-- |.*\\| )?fuse-users ([^`\"\n]+)$|`fuse-users (?!\\.\\.\\.)([^`\n]+)`");

    /** What the shell takes out of a command. */
    private static final Pattern OF_THE_SHELL = Pattern.compile(" [<>] \\S+| +#.*");

    private static final Pattern KUSTOMIZATION = Pattern.compile(" -k (jobs/[\\w/]+)");

    /** The names of Secrets, of ConfigMaps and of claims are in the manifests and in the commands that create them. */
    @Test
    void theGuideCreatesEverySecretAndNamesEveryClaim() throws IOException {
        String guide = Files.readString(PAGES.get(0));

        assertThat(named(volume ->
                        volume.getSecret() == null ? null : volume.getSecret().getSecretName()))
                .containsExactlyInAnyOrder("fuse-users-database", "fuse-users-database-owner")
                .allSatisfy(secret -> assertThat(guide).contains("create secret generic " + secret + " "));
        assertThat(named(volume -> volume.getConfigMap() == null
                        ? null
                        : volume.getConfigMap().getName()))
                .containsExactly("fuse-users-database-ca")
                .allSatisfy(map -> assertThat(guide).contains("create configmap " + map + " --from-file=ca.crt="));
        assertThat(named(volume -> volume.getPersistentVolumeClaim() == null
                        ? null
                        : volume.getPersistentVolumeClaim().getClaimName()))
                .containsExactlyInAnyOrder("fuse-users-input", "fuse-users-reports")
                .allSatisfy(claim -> assertThat(guide).contains("`" + claim + "`"));
    }

    @Test
    void theProgramParsesEveryCommandOfTheGuideAndOfTheRunbook() throws IOException {
        for (Path page : PAGES) {
            List<String> commands = COMMAND.matcher(Files.readString(page))
                    .results()
                    .map(match -> Objects.requireNonNullElse(match.group(1), match.group(2)))
                    .map(command -> OF_THE_SHELL.matcher(command).replaceAll("").replace(" RUN", " 7"))
                    .toList();
            assertThat(commands).isNotEmpty().allSatisfy(command -> assertThat(FuseUsersCommand.commandLine()
                            .parseArgs(command.strip().split(" +"))
                            .hasSubcommand())
                    .isTrue());
        }
    }

    @Test
    void everyKustomizationThatTheGuideAppliesExists() throws IOException {
        for (Path page : PAGES) {
            assertThat(KUSTOMIZATION.matcher(Files.readString(page)).results().map(match -> match.group(1)))
                    .allSatisfy(folder ->
                            assertThat(Path.of(folder, "kustomization.yaml")).exists());
        }
    }

    private static Set<String> named(Function<V1Volume, String> name) {
        return Manifests.workloads()
                .flatMap(workload -> workload.pod().getVolumes().stream())
                .map(name)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }
}
