package com.fuse.users.run;

/**
 * What makes a run the run that it is: given again, it resumes what did not end.
 *
 * @param inputName what people are shown; two names of one content are one input
 * @param inputSha256 of the content, 32 bytes. Not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole; the array is what the database stores
public record RunDefinition(String command, String inputName, byte[] inputSha256, RunOptions options) {

    /** What the run is known by: equal keys mean the same command on the same input. */
    public RunKey key() {
        return RunKey.of(command, inputSha256, options);
    }

    /** What the plan is known by that this run may be held to. */
    RunKey keyOfThePlan() {
        return RunKey.of(command, inputSha256, options.ofThePlan());
    }
}
