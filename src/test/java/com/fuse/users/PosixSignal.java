package com.fuse.users;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A signal to a process that a test started. */
public enum PosixSignal {
    INT,
    TERM,
    KILL,
    STOP,
    CONT;

    /** Returns whether the process was still there to get it. */
    public boolean sendTo(Process process) throws InterruptedException {
        try {
            return new ProcessBuilder("kill", "-" + name(), String.valueOf(process.pid()))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
