package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.cli.FuseUsersCommand;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.jobs.Manifests.Workload;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyRule;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.scheduling.support.CronExpression;
import picocli.CommandLine.ParseResult;

/** The rules of the jobs that no schema checks: they fit the program, and their parts fit each other. */
class JobsTest {

    /** Of these the contract says that the same command resumes, or may be tried later. */
    private static final Set<ExitCode> RUN_AGAIN =
            EnumSet.of(ExitCode.FAILED, ExitCode.TRY_LATER, ExitCode.INTERRUPTED, ExitCode.STOPPED);

    private static final int LONGEST_NAME_OF_A_CRON_JOB = 52;
    private static final int IMAGE_USER = 10001;
    private static final String SECONDS = "0 ";

    /** To a file, by its path from the guide. */
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");

    /** To the end of the pipe. */
    private static final Pattern FROM_NIGHTLY =
            Pattern.compile("--from=cronjob/fuse-users-nightly --dry-run.*?kubectl create -f -", Pattern.DOTALL);

    static Stream<Workload> workloads() {
        return Manifests.workloads();
    }

    static Stream<V1CronJob> cronJobs() {
        return Manifests.OVERLAYS.stream().flatMap(overlay -> Manifests.cronJobs(overlay).stream());
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aPodIsReplacedIfTheSameCommandMayRunAgainAndOtherwiseTheJobFails(Workload workload) {
        List<V1PodFailurePolicyRule> rules =
                workload.job().getPodFailurePolicy().getRules();

        assertThat(rules).extracting(V1PodFailurePolicyRule::getAction).containsExactly("FailJob", "Ignore");
        assertThat(rules.get(0).getOnExitCodes().getOperator()).isEqualTo("In");
        assertThat(rules.get(0).getOnExitCodes().getValues())
                .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.copyOf(RUN_AGAIN)).stream()
                        .filter(exitCode -> exitCode != ExitCode.OK)
                        .map(ExitCode::status)
                        .toList());
        assertThat(rules.get(0).getOnExitCodes().getContainerName())
                .isEqualTo(workload.container().getName());
        assertThat(rules.get(1).getOnPodConditions()).singleElement().satisfies(condition -> {
            assertThat(condition.getType()).isEqualTo("DisruptionTarget");
            assertThat(condition.getStatus()).isEqualTo("True");
        });
        assertThat(workload.job().getBackoffLimit()).isPositive();
        assertThat(workload.job().getPodReplacementPolicy()).isEqualTo("Failed");
        assertThat(workload.pod().getRestartPolicy()).isEqualTo("Never");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aJobHasADeadlineAndIsRemovedAndItsPodHasTimeToStop(Workload workload) {
        assertThat(workload.job().getActiveDeadlineSeconds()).isPositive();
        assertThat(workload.job().getTtlSecondsAfterFinished()).isPositive();
        // The program gives a database that does not answer up within a minute.
        assertThat(workload.pod().getTerminationGracePeriodSeconds()).isGreaterThan(60);
        assertThat(workload.container().getTerminationMessagePolicy()).isEqualTo("FallbackToLogsOnError");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aPodHasOnlyTheRightsThatTheProgramNeeds(Workload workload) {
        V1PodSpec pod = workload.pod();
        V1Container container = workload.container();

        assertThat(pod.getContainers()).hasSize(1);
        assertThat(pod.getInitContainers()).isNullOrEmpty();
        assertThat(pod.getServiceAccountName()).isEqualTo("fuse-users");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getEnableServiceLinks()).isFalse();
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getHostIPC()).isNull();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(IMAGE_USER);
        assertThat(pod.getSecurityContext().getRunAsGroup()).isEqualTo(IMAGE_USER);
        assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(IMAGE_USER);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getPrivileged()).isNull();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).isNullOrEmpty();
        // The image's, which has the program get SIGTERM and its options.
        assertThat(container.getCommand()).isNullOrEmpty();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void memoryIsLimitedToTheRequestAndProcessorTimeIsNotLimited(Workload workload) {
        Map<String, Quantity> requests = workload.container().getResources().getRequests();
        Map<String, Quantity> limits = workload.container().getResources().getLimits();

        assertThat(limits.get("memory")).isEqualTo(Quantity.fromString("512Mi")).isEqualTo(requests.get("memory"));
        assertThat(limits).doesNotContainKey("cpu");
        assertThat(requests).containsKeys("cpu", "ephemeral-storage");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void everyVolumeIsMountedOnceAndOnlyTemporaryFilesAndReportsAreWritable(Workload workload) {
        List<V1VolumeMount> mounts = workload.container().getVolumeMounts();

        assertThat(mounts)
                .extracting(V1VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(workload.pod().getVolumes().stream()
                        .map(V1Volume::getName)
                        .toList());
        assertThat(mounts)
                .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .extracting(V1VolumeMount::getMountPath)
                .contains("/tmp")
                .isSubsetOf("/tmp", "/reports");
        assertThat(volume(workload, "tmp").getEmptyDir().getSizeLimit()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void onlyTheMigrationGetsTheOwnersPassword(Workload workload) {
        String secret = volume(workload, "database").getSecret().getSecretName();

        assertThat(secret)
                .isEqualTo(
                        workload.name().startsWith("fuse-users-migrate")
                                ? "fuse-users-database-owner"
                                : "fuse-users-database");
        assertThat(mount(workload, "database").getMountPath()).isEqualTo("/etc/fuse-users");
        assertThat(workload.container().getEnvFrom()).isNullOrEmpty();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void theArgumentsAreAValidCommandLine(Workload workload) {
        List<String> arguments = workload.container().getArgs();

        ParseResult parsed = FuseUsersCommand.commandLine().parseArgs(arguments.toArray(String[]::new));

        assertThat(parsed.subcommand().commandSpec().name())
                .isEqualTo(
                        switch (workload.name()) {
                            case "fuse-users-nightly", "fuse-users-bulk-" -> "deactivate";
                            case "fuse-users-purge" -> "runs";
                            default -> "migrate";
                        });
    }

    /** The same command on the same folder would continue the other's sum of deactivated users. */
    @Test
    void theNightlyRunAndABulkRunHaveFoldersOfTheirOwn() {
        assertThat(workloads()
                        .filter(workload -> workload.container().getArgs().contains("deactivate"))
                        .map(workload -> workload.container()
                                .getArgs()
                                .get(workload.container().getArgs().size() - 1))
                        .distinct())
                .containsExactlyInAnyOrder("/input", "/bulk");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void aDeactivationReadsFromAReadOnlyVolumeAndReportsToAPersistentOne(Workload workload) {
        ParseResult parsed = FuseUsersCommand.commandLine()
                .parseArgs(workload.container().getArgs().toArray(String[]::new))
                .subcommand();
        if (!parsed.commandSpec().name().equals("deactivate")) {
            assertThat(workload.container().getVolumeMounts())
                    .extracting(V1VolumeMount::getName)
                    .containsExactlyInAnyOrder("database", "tmp");
            return;
        }
        V1VolumeMount input = mount(workload, "input");
        V1VolumeMount reports = mount(workload, "reports");

        assertThat(parsed.matchedPositionals()).singleElement().satisfies(operands -> assertThat(
                        operands.originalStringValues())
                .containsExactly(input.getMountPath()));
        assertThat(input.getReadOnly()).isTrue();
        assertThat(parsed.matchedOptionValue("--report-dir", Path.of(""))).isEqualTo(Path.of(reports.getMountPath()));
        assertThat(volume(workload, "reports").getPersistentVolumeClaim().getClaimName())
                .isEqualTo("fuse-users-reports");
        assertThat(parsed.hasMatchedOption("--yes")).isTrue();
        boolean nightly = workload.name().equals("fuse-users-nightly");
        assertThat(parsed.hasMatchedOption("--accept-skips")).isEqualTo(nightly);
        if (nightly) {
            assertThat(volume(workload, "input").getPersistentVolumeClaim().getReadOnly())
                    .isTrue();
        } else {
            assertThat(volume(workload, "input").getSecret().getSecretName()).isEqualTo("fuse-users-bulk");
        }
    }

    @ParameterizedTest
    @MethodSource("cronJobs")
    void aCronJobHasAValidScheduleAndANamedTimeZone(V1CronJob cronJob) {
        assertThat(CronExpression.parse(SECONDS + cronJob.getSpec().getSchedule())
                        .next(LocalDateTime.of(2026, 1, 1, 0, 0)))
                .isNotNull();
        assertThat(ZoneId.of(cronJob.getSpec().getTimeZone()).getRules().isFixedOffset())
                .isTrue();
        assertThat(cronJob.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
        assertThat(cronJob.getSpec().getStartingDeadlineSeconds()).isPositive();
        assertThat(cronJob.getMetadata().getName()).hasSizeLessThanOrEqualTo(LONGEST_NAME_OF_A_CRON_JOB);
    }

    /** The names of Secrets and claims are in the manifests and in the commands that create them. */
    @Test
    void theGuideCreatesEverySecretAndNamesEveryClaim() throws IOException {
        String guide = Files.readString(Path.of("jobs", "README.md"));

        assertThat(named(volume ->
                        volume.getSecret() == null ? null : volume.getSecret().getSecretName()))
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(guide).contains("create secret generic " + secret + " "));
        assertThat(named(volume -> volume.getPersistentVolumeClaim() == null
                        ? null
                        : volume.getPersistentVolumeClaim().getClaimName()))
                .isNotEmpty()
                .allSatisfy(claim -> assertThat(guide).contains("`" + claim + "`"));
    }

    /**
     * With an owner, the CronJob would count the success of that job as a success of the night, and no alert would
     * fire.
     */
    @Test
    void aJobThatTheGuideDerivesFromTheNightlyOneHasNoOwner() throws IOException {
        String guide = Files.readString(Path.of("jobs", "README.md"));

        assertThat(FROM_NIGHTLY.matcher(guide).results().map(MatchResult::group))
                .hasSize(2)
                .allSatisfy(command -> assertThat(command).contains("{op: remove, path: /metadata/ownerReferences}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "jobs/README.md", "jobs/RUNBOOK.md"})
    void everyLinkOfAGuideLeadsToAnExistingFile(String guide) throws IOException {
        assertThat(LINK.matcher(Files.readString(Path.of(guide))).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(
                        file -> assertThat(Path.of(guide).resolveSibling(file)).exists());
    }

    private static Set<String> named(Function<V1Volume, String> name) {
        return workloads()
                .flatMap(workload -> workload.pod().getVolumes().stream())
                .map(name)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static V1Volume volume(Workload workload, String name) {
        return workload.pod().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static V1VolumeMount mount(Workload workload, String name) {
        return workload.container().getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
