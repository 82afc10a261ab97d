package com.fuse.users.change;

import com.fuse.users.liveness.RunDatabase;
import java.util.List;

/** Tries the change of some users who are still undecided, and takes it back: does the database refuse them too? */
public record RefusalProbe(
        RunDatabase database, long runId, Decider decider, ChunkChange change, Savepoints savepoints) {

    /** Of users of whom one in twenty can be changed, a sample of this size misses all once in 169 times. */
    private static final int SAMPLE_SIZE = 100;

    /** Whether it refuses all of them, or none of them would be changed. Call it in the transaction of a chunk. */
    boolean refusesAll() {
        List<Target> sample = TargetReader.sample(database.jdbc(), runId, SAMPLE_SIZE);
        decider.lookUp(sample);
        return sample.stream().map(decider::process).filter(Decision::change).allMatch(this::refuses);
    }

    private boolean refuses(Decision decision) {
        try {
            return savepoints.refuses(() -> change.make(List.of(decision)));
        } catch (LeftInPlaceException e) {
            return true;
        }
    }
}
