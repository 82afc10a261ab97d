package com.fuse.users.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.job.RunEnd;
import com.fuse.users.oracle.RunRecord.Recorded;
import com.fuse.users.oracle.Step.Consent;
import com.fuse.users.oracle.Step.Deactivate;
import com.fuse.users.oracle.Step.Manner;
import com.fuse.users.oracle.Step.Reactivate;
import com.fuse.users.oracle.Step.Reissue;
import com.fuse.users.oracle.Step.Task;
import com.fuse.users.oracle.Step.Undo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One platform, on which the program does what it is told while the oracle foretells it. The program's platform is the
 * oracle's next one, once both were found to be the same.
 */
final class Trial {

    private static final int REFUSED = 77;

    private final Program program;
    private final List<Done> deactivations = new ArrayList<>();
    private Platform platform;
    private final List<Seen> seen = new ArrayList<>();

    /** A run that came to its end, and what it was to do. */
    private record Done(long run, Foretold foretold) {}

    Trial(Program program, RandomWorld world) {
        this.program = program;
        program.forgetEverything();
        PlatformTables.insert(program.owner(), WorldRows.of(world));
        this.platform = PlatformTables.read(program.owner());
    }

    /**
     * A run that was compared with the oracle.
     *
     * @param command what was asked for, and how
     * @param outcomes of its rows; none where it was refused
     */
    record Seen(String command, Set<String> outcomes) {}

    List<Seen> seen() {
        return seen;
    }

    void take(Step step) {
        if (step instanceof Step.Life life) {
            happen(life.change());
        } else if (step instanceof Step.Command command) {
            run(command.task(), command.manner(), null);
        } else if (step instanceof Step.Planned planned) {
            Done plan = run(planned.task(), planned.manner().asPlan(), null);
            planned.between().forEach(this::happen);
            if (plan != null) {
                run(planned.task(), planned.manner().inEarnest(), plan);
            }
        }
    }

    private void happen(PlatformChange change) {
        change.happen(program.owner());
        platform = PlatformTables.read(program.owner());
    }

    /** Returns null where the run was refused, or where there is none to undo. */
    private @Nullable Done run(Task task, Manner manner, @Nullable Done plan) {
        if (task instanceof Undo && deactivations.isEmpty()) {
            return null;
        }
        program.clock().moveOn();
        Foretold foretold = foretell(task, program.clock().instant());
        boolean asks = !manner.dryRun() && manner.consent() != Consent.IN_ADVANCE && foretold.users() > 0;
        boolean trips = task instanceof Deactivate && foretold.tripsGuard(manner.maxUsers(), manner.maxPercent());
        boolean refused = !manner.dryRun() && trips || asks && manner.consent() == Consent.NEVER;
        int exit = trips || refused ? REFUSED : foretold.exit(manner.acceptSkips());

        Asked asked = new Asked(manner.consent());
        RunEnd end = launch(task, new Commands(program, manner, plan == null ? null : plan.run(), asked));

        assertThat(end.exitCode().status()).as("exit code: %s", end.message()).isEqualTo(exit);
        comparePlatform(manner.dryRun() || refused ? platform : foretold.after());
        if (asks && !trips) {
            asked.check(foretold);
        } else {
            asked.checkNever();
        }
        long run = Objects.requireNonNull(end.run()).id();
        RunRecord record = new RunRecord(program, run);
        ReportFolder report = new ReportFolder(program, run);
        if (refused) {
            record.checkRefused();
            report.checkNone();
            seen.add(new Seen("refused", Set.of()));
            return null;
        }
        List<Recorded> recorded = record.check(foretold);
        Foretold planned = plan == null ? null : plan.foretold();
        report.checkOutcomes(recorded, foretold, planned);
        report.checkSkipped(recorded, foretold);
        report.checkRemovedMemberships(foretold, manner.dryRun());
        report.checkSummary(foretold, manner.dryRun(), exit, planned);
        String how = manner.dryRun() ? " as a plan" : plan == null ? "" : " held to a plan";
        seen.add(new Seen(
                task.getClass().getSimpleName() + how, foretold.outcomes().keySet()));
        Done done = new Done(run, foretold);
        if (task instanceof Deactivate && !manner.dryRun()) {
            deactivations.add(done);
        }
        return done;
    }

    private Foretold foretell(Task task, Instant clock) {
        if (task instanceof Deactivate deactivate) {
            return Oracle.deactivate(platform, deactivate.input(), deactivate.transferAdminTo(), clock);
        }
        if (task instanceof Reactivate reactivate) {
            return Oracle.reactivate(platform, reactivate.input(), clock);
        }
        if (task instanceof Undo undo) {
            return Oracle.undo(platform, undone(undo).foretold(), undo.withMemberships(), clock);
        }
        return Oracle.reissue(platform, ((Reissue) task).input(), clock);
    }

    private RunEnd launch(Task task, Commands commands) {
        if (task instanceof Deactivate deactivate) {
            return commands.deactivate(deactivate);
        }
        if (task instanceof Reactivate reactivate) {
            return commands.reactivate(reactivate.input());
        }
        if (task instanceof Undo undo) {
            return commands.undo(undone(undo).run(), undo.withMemberships());
        }
        return commands.reissue(((Reissue) task).input());
    }

    private Done undone(Undo undo) {
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
