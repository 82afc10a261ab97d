package com.fuse.users.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fuse.users.change.Forecast;
import com.fuse.users.exit.ExitCode;
import com.fuse.users.exit.RefusedException;
import com.fuse.users.operation.Confirmation;
import com.fuse.users.oracle.Action.Consent;
import com.fuse.users.tables.RowCounts;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Confirms or refuses, and records the counts of the question that comes before the first write. */
final class RecordedConfirmation implements Confirmation {

    private final Consent consent;
    private long changes;
    private @Nullable Forecast forecast;

    RecordedConfirmation(Consent consent) {
        this.consent = consent;
    }

    @Override
    public void require(long wouldChange, String question, Supplier<Forecast> wouldDo) {
        changes = wouldChange;
        forecast = wouldDo.get();
        if (consent == Consent.NEVER) {
            throw new RefusedException(ExitCode.REFUSED, "the operator said no");
        }
    }

    void checkNever() {
        assertThat(forecast).as("the question, which must not be asked").isNull();
    }

    void check(ExpectedRun expectedRun) {
        Forecast shown = Objects.requireNonNull(forecast, "the question must be asked");
        RowCounts counts = shown.rows();
        assertThat(changes).as("users in the question").isEqualTo(expectedRun.changes());
        Map<String, Long> outcomes = new TreeMap<>();
        shown.outcomes().forEach((outcome, count) -> outcomes.put(outcome.name(), count));
        assertThat(outcomes).as("outcomes in the question").isEqualTo(expectedRun.outcomes());
        assertThat(positive(counts.deleted()))
                .as("rows to delete in the question")
                .isEqualTo(expectedRun.deleted());
        assertThat(positive(counts.added())).as("rows to add in the question").isEqualTo(expectedRun.added());
    }

    /** Steps without rows may be reported as 0 or left out. */
    private static Map<String, Long> positive(Map<String, Long> rows) {
        Map<String, Long> positive = new TreeMap<>(rows);
        positive.values().removeIf(count -> count == 0);
        return positive;
    }
}
