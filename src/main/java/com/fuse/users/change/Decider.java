package com.fuse.users.change;

import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Decides what becomes of the users of one partition. What the decisions of a chunk rest on is looked up in its
 * transaction before the first of them. Every user gets a decision: a refusal is an outcome, not an exception.
 */
public interface Decider extends ChunkListener<Target, Decision>, ItemProcessor<Target, Decision> {

    @Override
    void beforeChunk(Chunk<Target> chunk);

    @Override
    Decision process(Target target);
}
