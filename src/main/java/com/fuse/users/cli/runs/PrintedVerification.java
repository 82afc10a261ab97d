package com.fuse.users.cli.runs;

import com.fuse.users.audit.Verification;
import com.fuse.users.run.Run;
import com.fuse.users.session.Session;
import com.fuse.users.terminal.Console;
import com.fuse.users.terminal.SummaryText;
import com.fuse.users.text.Counts;
import java.util.LinkedHashMap;
import java.util.Map;

/** Verifies runs, and prints each deviation as it is found and then what has become of the run's users. */
public record PrintedVerification(Console console, Session session) {

    /** Verifies a run of deactivate that changed users. Returns the number of deviations. */
    public long of(Run run) {
        Verification verification = session.inReadOnlyTransaction(
                () -> session.verifier().verify(run.id(), deviation -> console.println("Deviation: " + deviation)));
        if (verification.deviations() > 0) {
            console.println("");
        }
        console.println("Run %d, %s %s: %s deactivated"
                .formatted(
                        run.id(),
                        SummaryText.command(run),
                        run.inputName(),
                        Counts.of(verification.deactivated(), "user")));
        Map<String, Long> users = new LinkedHashMap<>();
        verification.users().forEach((state, count) -> users.put(state.label(), count));
        console.print(SummaryText.table("Now", "Users", users));
        if (verification.deviations() == 0) {
            console.println("");
            console.println("Run %d holds".formatted(run.id()));
        }
        return verification.deviations();
    }
}
