package com.fuse.users;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Data flows in one direction: input, staging, preflight, change, report. A package depends only on earlier packages.
 */
@AnalyzeClasses(packages = "com.fuse.users", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("com.fuse.users.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheLaunchingProcessKnowsTheMainClass = noClasses()
            .that()
            .resideInAPackage("com.fuse.users.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fuse.users");

    @ArchTest
    static final ArchRule textKnowsNoOtherPackage = onlyKnows("text");

    @ArchTest
    static final ArchRule exitKnowsNoOtherPackage = onlyKnows("exit");

    @ArchTest
    static final ArchRule inputKnowsHowToRefuse = onlyKnows("input", "exit");

    @ArchTest
    static final ArchRule csvKnowsTheInput = onlyKnows("csv", "input");

    @ArchTest
    static final ArchRule databaseKnowsHowToRefuse = onlyKnows("database", "exit");

    @ArchTest
    static final ArchRule runKnowsItsInput = onlyKnows("run", "csv", "database", "exit", "input");

    @ArchTest
    static final ArchRule requestsKnowTheRun = onlyKnows("run.request", "csv", "run");

    @ArchTest
    static final ArchRule livenessKnowsRunAndDatabase = onlyKnows("liveness", "database", "exit", "run", "run.request");

    @ArchTest
    static final ArchRule throttleKnowsTheAttempt =
            onlyKnows("throttle", "database", "exit", "liveness", "run", "run.request");

    @ArchTest
    static final ArchRule partitionsKnowTheAttempt = onlyKnows("partition", "liveness", "run");

    /** Nothing of it is to be loaded in a run without a queue, whose start would take longer. */
    @ArchTest
    static final ArchRule onlyPartitionsKnowSpringIntegration = noClasses()
            .that()
            .resideOutsideOfPackage("com.fuse.users.partition")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.integration..", "org.springframework.messaging..");

    @ArchTest
    static final ArchRule stagingKnowsInputAndRun = onlyKnows("staging", "csv", "exit", "input", "liveness", "run");

    @ArchTest
    static final ArchRule tablesKnowNoOtherPackage = onlyKnows("tables");

    @ArchTest
    static final ArchRule changeKnowsTablesAndDatabase = onlyKnows("change", "database", "liveness", "tables");

    @ArchTest
    static final ArchRule operationConnectsRowsWithTheirChange =
            onlyKnows("operation", "change", "exit", "liveness", "run", "run.request", "staging", "tables");

    @ArchTest
    static final ArchRule deactivationIsAnOperation =
            onlyKnows("deactivation", "change", "operation", "run", "staging", "tables");

    @ArchTest
    static final ArchRule reactivationIsAnOperation =
            onlyKnows("reactivation", "change", "csv", "exit", "input", "operation", "run", "staging", "tables");

    @ArchTest
    static final ArchRule preflightKnowsTheOperation = onlyKnows(
            "preflight",
            "change",
            "database",
            "exit",
            "input",
            "liveness",
            "operation",
            "run",
            "run.request",
            "tables");

    @ArchTest
    static final ArchRule historyReadsTheRecords = onlyKnows(
            "history",
            "change",
            "history.attempt",
            "csv",
            "database",
            "exit",
            "input",
            "liveness",
            "run",
            "tables",
            "throttle");

    @ArchTest
    static final ArchRule attemptsKnowTheRun = onlyKnows("history.attempt", "database", "run");

    @ArchTest
    static final ArchRule auditReadsTheRecords =
            onlyKnows("audit", "change", "database", "history.attempt", "run", "tables");

    @ArchTest
    static final ArchRule reportShowsHistory = onlyKnows(
            "report",
            "audit",
            "change",
            "history.attempt",
            "database",
            "exit",
            "history",
            "liveness",
            "preflight",
            "run",
            "run.request",
            "tables",
            "throttle");

    @ArchTest
    static final ArchRule communitiesKnowTheReportFiles = onlyKnows("communities", "report");

    @ArchTest
    static final ArchRule metricsShowHistory =
            onlyKnows("metrics", "change", "history.attempt", "exit", "history", "run", "tables", "throttle");

    @ArchTest
    static final ArchRule terminalShowsHistory =
            onlyKnows("terminal", "audit", "change", "history.attempt", "database", "history", "run", "tables");

    @ArchTest
    static final ArchRule purgeKnowsLiveRuns = onlyKnows("purge", "database", "liveness", "run", "run.request");

    /** Nothing of it is to be loaded where no metrics are pushed. */
    @ArchTest
    static final ArchRule onlyMetricsKnowMicrometer = noClasses()
            .that()
            .resideOutsideOfPackage("com.fuse.users.metrics")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.prometheus..");

    /** With a registry of observations Spring Batch would observe every item, at six times the cost of its own work. */
    @ArchTest
    static final ArchRule nothingIsObserved =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.micrometer.observation..");

    @ArchTest
    static final ArchRule theJobKnowsOperationsButNoneOfThem = noClasses()
            .that()
            .resideInAPackage("com.fuse.users.job")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fuse.users.deactivation", "com.fuse.users.reactivation");

    @ArchTest
    static final ArchRule onlyTheManualKnowsTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackages("com.fuse.users.cli..", "com.fuse.users.install", "com.fuse.users")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fuse.users.cli..");

    @ArchTest
    static final ArchRule nobodyKnowsTheDemo = noClasses()
            .that()
            .resideOutsideOfPackage("com.fuse.users.demo")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fuse.users.demo");

    @ArchTest
    static final ArchRule theCommandLineHoldsNoSql = noClasses()
            .that()
            .resideInAPackage("com.fuse.users.cli..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(JdbcClient.class);

    @ArchTest
    static final ArchRule logicHoldsNoSpringConfiguration =
            noClasses().should().dependOnClassesThat().areAssignableTo(Value.class);

    private static ArchRule onlyKnows(String name, String... others) {
        String own = "com.fuse.users." + name;
        String[] known = Stream.concat(
                        Stream.of(own, "com.fuse.users.text"),
                        Arrays.stream(others).map("com.fuse.users."::concat))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAPackage("com.fuse.users..").and(not(resideInAnyPackage(known))));
    }
}
