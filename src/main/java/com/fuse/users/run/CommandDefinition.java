package com.fuse.users.run;

import com.fuse.users.input.InputDigest;
import java.util.List;

/**
 * Identifies a command that may make several runs: the same definition continues an unfinished command.
 *
 * @param arguments the files, folders or users on the command line; a path is absolute
 * @param inputNames the names of the inputs that the arguments stand for at this moment, without their folders
 */
public record CommandDefinition(String command, List<String> arguments, RunOptions options, List<String> inputNames) {

    /** Equal keys mean the same command on the same arguments, with the same options that affect outcomes. */
    RunKey key() {
        return RunKey.of(command, InputDigest.ofText(String.join("\0", arguments)), options);
    }
}
