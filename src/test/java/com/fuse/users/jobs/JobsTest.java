package com.fuse.users.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.cli.FuseUsersCommand;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.jobs.Manifests.Workload;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimVolumeSource;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyRule;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.scheduling.support.CronExpression;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The rules of the jobs that no schema checks: they fit the program, and their parts fit each other. */
class JobsTest {

    /** Of these the contract says that the same command resumes, or may be tried later. */
    private static final Set<ExitCode> RUN_AGAIN =
            EnumSet.of(ExitCode.FAILED, ExitCode.TRY_LATER, ExitCode.INTERRUPTED, ExitCode.STOPPED);

    private static final int LONGEST_NAME_OF_A_CRON_JOB = 52;
    private static final String SECONDS = "0 ";

    static Stream<Workload> jobs() {
        return Manifests.jobs();
    }

    static Stream<V1CronJob> cronJobs() {
        return Manifests.OVERLAYS.stream().flatMap(overlay -> Manifests.cronJobs(overlay).stream());
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void aPodIsReplacedIfTheSameCommandMayRunAgainAndOtherwiseTheJobFails(Workload job) {
        List<V1PodFailurePolicyRule> rules = job.job().getPodFailurePolicy().getRules();

        assertThat(rules).extracting(V1PodFailurePolicyRule::getAction).containsExactly("FailJob", "Ignore");
        assertThat(rules.get(0).getOnExitCodes().getOperator()).isEqualTo("In");
        assertThat(rules.get(0).getOnExitCodes().getValues())
                .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.copyOf(RUN_AGAIN)).stream()
                        .filter(exitCode -> exitCode != ExitCode.OK)
                        .map(ExitCode::status)
                        .toList());
        assertThat(rules.get(0).getOnExitCodes().getContainerName())
                .isEqualTo(job.container().getName());
        assertThat(rules.get(1).getOnPodConditions()).singleElement().satisfies(condition -> {
            assertThat(condition.getType()).isEqualTo("DisruptionTarget");
            assertThat(condition.getStatus()).isEqualTo("True");
        });
        assertThat(job.job().getBackoffLimit()).isPositive();
        assertThat(job.job().getPodReplacementPolicy()).isEqualTo("Failed");
        assertThat(job.pod().getRestartPolicy()).isEqualTo("Never");
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void aJobHasADeadlineAndIsRemovedAndItsPodTellsHowItEnded(Workload job) {
        assertThat(job.job().getActiveDeadlineSeconds()).isPositive();
        assertThat(job.job().getTtlSecondsAfterFinished()).isPositive();
        assertThat(job.container().getTerminationMessagePolicy()).isEqualTo("FallbackToLogsOnError");
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theArgumentsAreAValidCommandLine(Workload job) {
        assertThat(parse(job).commandSpec().name())
                .isEqualTo(
                        switch (job.name()) {
                            case "fuse-users-nightly", "fuse-users-bulk" -> "deactivate";
                            case "fuse-users-purge" -> "runs";
                            default -> "migrate";
                        });
        // The image's entry point, so that the program gets SIGTERM and its options.
        assertThat(job.container().getCommand()).isNullOrEmpty();
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void onlyTheNightlyRunAndTheBulkRunHaveTheInputAndTheReports(Workload job) {
        boolean run = Set.of("fuse-users-nightly", "fuse-users-bulk").contains(job.name());

        assertThat(job.container().getVolumeMounts())
                .extracting(V1VolumeMount::getName)
                .filteredOn(volume -> !volume.startsWith("database"))
                .containsExactlyInAnyOrderElementsOf(run ? List.of("tmp", "input", "reports") : List.of("tmp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void theNightlyRunReadsFromAReadOnlyVolumeAndReportsToAPersistentOne(String overlay) {
        Workload nightly = job(overlay, "fuse-users-nightly");
        ParseResult parsed = parse(nightly);

        assertThat(parsed.matchedPositionals()).singleElement().satisfies(operands -> assertThat(
                        operands.originalStringValues())
                .containsExactly(nightly.mount("input").getMountPath()));
        assertThat(nightly.mount("input").getReadOnly()).isTrue();
        assertThat(nightly.volume("input").getPersistentVolumeClaim())
                .isEqualTo(new V1PersistentVolumeClaimVolumeSource()
                        .claimName("fuse-users-input")
                        .readOnly(true));
        assertThat(parsed.matchedOptionValue("--report-dir", Path.of("")))
                .isEqualTo(Path.of(nightly.mount("reports").getMountPath()));
        assertThat(nightly.volume("reports").getPersistentVolumeClaim())
                .isEqualTo(new V1PersistentVolumeClaimVolumeSource().claimName("fuse-users-reports"));
        assertThat(parsed.matchedOptions())
                .extracting(OptionSpec::longestName)
                .containsExactlyInAnyOrder(
                        "--yes", "--accept-skips", "--json", "--verify", "--max-users", "--report-dir");
    }

    /** In the folder of the nightly run, it would be run by the night too. */
    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void theBulkRunReadsAFileThatTheNightDoesNotTake(String overlay) {
        Workload bulk = job(overlay, "fuse-users-bulk");
        Workload nightly = job(overlay, "fuse-users-nightly");
        ParseResult parsed = parse(bulk);

        assertThat(parsed.matchedPositionals()).singleElement().satisfies(operands -> assertThat(
                        operands.originalStringValues())
                .singleElement()
                .extracting(file -> Path.of(file).getParent().getParent())
                .isEqualTo(Path.of(bulk.mount("input").getMountPath())));
        assertThat(bulk.container().getVolumeMounts())
                .containsAll(nightly.container().getVolumeMounts());
        assertThat(bulk.pod().getVolumes()).containsAll(nightly.pod().getVolumes());
        assertThat(parsed.matchedOptionValue("--report-dir", Path.of("")))
                .isEqualTo(Path.of(bulk.mount("reports").getMountPath()));
        assertThat(parsed.matchedOptions())
                .extracting(OptionSpec::longestName)
                .containsExactlyInAnyOrder(
                        "--join", "--yes", "--accept-skips", "--json", "--verify", "--max-users", "--report-dir");
    }

    /** With "completions", the Job would start pods after the run has ended. */
    @ParameterizedTest
    @MethodSource("jobs")
    void onlyTheBulkRunHasSeveralPodsAndEachMayFailThreeTimes(Workload job) {
        boolean bulk = job.name().equals("fuse-users-bulk");
        V1JobSpec spec = job.job();

        assertThat(spec.getCompletions()).isNull();
        assertThat(spec.getCompletionMode()).isNull();
        assertThat(spec.getParallelism()).isEqualTo(bulk ? 3 : null);
        assertThat(spec.getBackoffLimit()).isEqualTo(3 * (bulk ? spec.getParallelism() : 1));
        assertThat(job.container().getArgs().contains("--join")).isEqualTo(bulk);
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

    private static Workload job(String overlay, String name) {
        return Manifests.workloads(overlay)
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ParseResult parse(Workload job) {
        return FuseUsersCommand.commandLine()
                .parseArgs(job.container().getArgs().toArray(String[]::new))
                .subcommand();
    }
}
