package com.fuse.users.run;

import com.fuse.users.input.InputKind;

/**
 * Identifies a run: the same definition resumes an unfinished run.
 *
 * @param inputName for people; two names of the same content are the same input
 * @param inputSha256 SHA-256 of the content, 32 bytes; do not change the array
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole; the array is what the database stores
public record RunDefinition(
        String command, InputKind inputKind, String inputName, byte[] inputSha256, RunOptions options) {

    /** The run's key: equal keys mean the same command on the same input. */
    public RunKey key() {
        return RunKey.of(command, inputSha256, options);
    }

    /** The key of a plan that this run can be checked against. */
    RunKey keyOfThePlan() {
        return RunKey.of(command, inputSha256, options.asPlan());
    }
}
