package com.fuse.users.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.job.RunEnd;
import com.fuse.users.oracle.Action.CommandOptions;
import com.fuse.users.oracle.Action.Consent;
import com.fuse.users.oracle.Action.Deactivate;
import com.fuse.users.oracle.Action.InputTask;
import com.fuse.users.oracle.Action.Reactivate;
import com.fuse.users.oracle.Action.Reissue;
import com.fuse.users.oracle.Action.Task;
import com.fuse.users.oracle.Action.Undo;
import com.fuse.users.oracle.RunRecord.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands of the program on one platform and compares each with the oracle. After a comparison, the program's
 * platform is the oracle's input for the next command.
 */
final class OracleComparison {

    private static final int UNREADABLE = 65;
    private static final int REFUSED = 77;

    private final Program program;
    private final List<CompletedRun> deactivations = new ArrayList<>();
    private final Map<Long, SortedMap<Long, ExpectedRun>> undos = new HashMap<>();
    private Platform platform;
    private final List<ComparedRun> comparedRuns = new ArrayList<>();

    /** A run that completed, and the run that the oracle expected. */
    private record CompletedRun(long run, ExpectedRun expectedRun) {}

    OracleComparison(Program program, RandomWorld world) {
        this.program = program;
        program.reset();
        PlatformTables.insert(program.owner(), WorldRows.of(world));
        this.platform = PlatformTables.read(program.owner());
    }

    /**
     * A run that was compared with the oracle.
     *
     * @param command the command, and how it was given
     * @param outcomes of its rows; empty if the run was refused
     */
    record ComparedRun(String command, Set<String> outcomes) {}

    List<ComparedRun> comparedRuns() {
        return comparedRuns;
    }

    void apply(Action action) {
        if (action instanceof Action.Change change) {
            apply(change.change());
        } else if (action instanceof Action.Command command) {
            run(command.task(), command.options(), null);
        } else if (action instanceof Action.PlannedCommand planned) {
            CompletedRun plan = run(planned.task(), planned.options().asPlan(), null);
            planned.between().forEach(this::apply);
            if (plan != null) {
                run(planned.task(), planned.options().withoutDryRun(), plan);
            }
        }
    }

    private void apply(PlatformChange change) {
        change.apply(program.owner());
        platform = PlatformTables.read(program.owner());
    }

    /** Returns null if the run was refused, or if there is no run to undo. */
    private @Nullable CompletedRun run(Task task, CommandOptions options, @Nullable CompletedRun plan) {
        if (task instanceof Undo && deactivations.isEmpty()) {
            return null;
        }
        program.clock().advance();
        ExpectedRun expectedRun = expect(task, program.clock().instant());
        boolean asks = !options.dryRun() && options.consent() != Consent.IN_ADVANCE && expectedRun.changes() > 0;
        boolean bad = expectedRun.hasTooManyBadRows(options.maxBadPercent());
        boolean trips = task instanceof Deactivate && expectedRun.tripsGuard(options.maxUsers(), options.maxPercent());
        boolean refused = !options.dryRun() && (bad || trips) || asks && options.consent() == Consent.NEVER;
        int exit = bad ? UNREADABLE : trips || refused ? REFUSED : expectedRun.exit(options.acceptSkips());

        RecordedConfirmation confirmation = new RecordedConfirmation(options.consent());
        RunEnd end = launch(task, new Commands(program, options, plan == null ? null : plan.run(), confirmation));

        assertThat(end.exitCode().status()).as("exit code: %s", end.message()).isEqualTo(exit);
        comparePlatform(options.dryRun() || refused ? platform : expectedRun.after());
        if (asks && !bad && !trips) {
            confirmation.check(expectedRun);
        } else {
            confirmation.checkNever();
        }
        long run = Objects.requireNonNull(end.run()).id();
        RunRecord record = new RunRecord(program, run);
        ReportFolder report = new ReportFolder(program, run);
        if (refused) {
            record.checkRefused();
            report.checkNone();
            comparedRuns.add(new ComparedRun(bad ? "refused because of bad rows" : "refused", Set.of()));
            return null;
        }
        List<Recorded> recorded = record.check(expectedRun);
        if (task instanceof InputTask inputTask) {
            record.checkNotes(inputTask.input());
        }
        ExpectedRun planned = plan == null ? null : plan.expectedRun();
        report.checkOutcomes(recorded, expectedRun, planned);
        report.checkSkipped(recorded, expectedRun);
        if (task instanceof InputTask inputTask) {
            report.checkIdentifiers(inputTask, expectedRun);
        }
        report.checkRemovedMemberships(expectedRun, options.dryRun());
        report.checkSummary(expectedRun, options.dryRun(), exit, planned);
        String how = options.dryRun() ? " as a plan" : plan == null ? "" : " held to a plan";
        comparedRuns.add(new ComparedRun(
                task.getClass().getSimpleName() + how, expectedRun.outcomes().keySet()));
        CompletedRun done = new CompletedRun(run, expectedRun);
        if (task instanceof InputTask inputTask && !options.dryRun()) {
            new SkippedRows(program, inputTask, options.unconditional()).repeat(run, expectedRun);
        }
        if (task instanceof Deactivate && !options.dryRun()) {
            deactivations.add(done);
        }
        if (task instanceof Undo undo && !options.dryRun()) {
            undos.computeIfAbsent(undone(undo).run(), undone -> new TreeMap<>()).put(run, expectedRun);
        }
        return done;
    }

    private ExpectedRun expect(Task task, Instant clock) {
        if (task instanceof Deactivate deactivate) {
            return Oracle.deactivate(platform, deactivate.input(), deactivate.transferAdminTo(), clock);
        }
        if (task instanceof Reactivate reactivate) {
            return Oracle.reactivate(platform, reactivate.input(), clock);
        }
        if (task instanceof Undo undo) {
            CompletedRun undone = undone(undo);
            return Oracle.undo(
                    platform,
                    undone.expectedRun(),
                    undos.getOrDefault(undone.run(), new TreeMap<>()),
                    undo.withMemberships(),
                    clock);
        }
        return Oracle.reissue(platform, ((Reissue) task).input(), clock);
    }

    private RunEnd launch(Task task, Commands commands) {
        return task instanceof InputTask inputTask
                ? commands.run(inputTask)
                : commands.undo(undone((Undo) task).run(), ((Undo) task).withMemberships());
    }

    private CompletedRun undone(Undo undo) {
        return deactivations.get(undo.which() % deactivations.size());
    }

    private void comparePlatform(Platform expected) {
        Platform actual = PlatformTables.read(program.owner());
        Platform comparable = actual.withoutIdsSince(platform);
        assertThat(comparable.minus(expected))
                .as("rows that should not be there")
                .isEqualTo(Map.of());
        assertThat(expected.minus(comparable)).as("rows that should be there").isEqualTo(Map.of());
        assertThat(PlatformTables.readViews(program.owner())).as("views").isEqualTo(expected.views());
        platform = actual;
    }
}
