package com.fuse.users.change;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tries the change of some users who are still undecided, and takes it back: does the database refuse them too? */
public record RefusalProbe(JdbcClient jdbc, long runId, Decider decider, ChunkChange change, Savepoints savepoints) {

    /** If one user in twenty can be changed, a sample of this size misses all of them once in 169 cases. */
    private static final int SAMPLE_SIZE = 100;

    /** Whether it refuses all of them, or none of them would be changed. Call it in the transaction of a chunk. */
    boolean refusesAll() {
        List<Target> sample = TargetReader.sample(jdbc, runId, SAMPLE_SIZE);
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
