package com.fuse.users.change;

import java.util.List;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Decides the outcome of each user of a partition. Every user gets a decision: a refusal is an outcome, not an
 * exception. Look-ups are set-based: one per chunk, in the chunk's transaction, before the chunk's first decision.
 */
public interface Decider extends ItemProcessor<Target, Decision>, ChunkListener<Target, Decision> {

    /** Looks up the data for the decisions on these users, and forgets all other users. */
    void lookUp(List<Target> targets);

    /** Decides on one of the users of the last look-up. */
    @Override
    Decision process(Target target);

    @Override
    default void beforeChunk(Chunk<Target> chunk) {
        lookUp(chunk.getItems());
    }
}
