package com.fuse.users.run;

import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;

/** Checks that a run can be checked against the plan that its command names (contract, section 4, {@code --plan}). */
public final class PlanCheck {

    private static final String REMEDY = "; make a plan of this input with --dry-run and name its number";

    private final RunRepository runs;

    public PlanCheck(RunRepository runs) {
        this.runs = runs;
    }

    /**
     * Accepts a definition without a plan, or with a plan of the same command, content and options that is decided in full
     * on the current schema.
     *
     * @throws RefusedException if the named run is not such a plan, with the reason
     */
    public void require(RunDefinition definition) {
        Long id = definition.options().planId();
        if (id == null) {
            return;
        }
        Run plan = runs.find(id).orElseThrow(() -> refusal("there is no run %d".formatted(id)));
        if (!plan.dryRun()) {
            throw refusal("run %d is not a plan, because it was not a dry run".formatted(id));
        }
        if (!plan.command().equals(definition.command())) {
            throw refusal("run %d is a plan of %s, not of %s".formatted(id, plan.command(), definition.command()));
        }
        if (!plan.hasEnded()) {
            throw refusal("plan %d is not finished".formatted(id));
        }
        if (!plan.isCompleted() || plan.purging()) {
            throw refusal("run %d has no record of what was planned".formatted(id));
        }
        String inputSha256 = Run.hex(definition.inputSha256());
        if (!plan.inputSha256().equals(inputSha256)) {
            throw refusal("run %d is a plan of another input, %s (SHA-256 %s); this is %s (SHA-256 %s)"
                    .formatted(id, plan.inputName(), plan.inputSha256(), definition.inputName(), inputSha256));
        }
        if (!runs.plans().isPlanOf(id, definition)) {
            throw refusal("plan %d was made by \"%s%s\", with other options than this run"
                    .formatted(id, plan.command(), plan.options().describe()));
        }
        if (!runs.plans().isOfTheCurrentSchema(id)) {
            throw refusal("plan %d is older than the newest migration of the schema".formatted(id));
        }
    }

    private static RefusedException refusal(String reason) {
        return new RefusedException(ExitCode.USAGE, reason + REMEDY);
    }
}
