package com.fuse.users.run;

import java.util.Arrays;

/** The commands that make runs. Records and the command line have the same names. */
public enum CommandName {
    DEACTIVATE("deactivate", "deactivated"),
    REACTIVATE("reactivate", "reactivated"),
    UNDO("undo", "reactivated"),
    REISSUE_CERTIFICATES("reissue-certificates", "given their certificates");

    private final String text;
    private final String done;

    CommandName(String text, String done) {
        this.text = text;
        this.done = done;
    }

    /**
     * The command with this name.
     *
     * @throws IllegalArgumentException if no command that makes runs has it
     */
    public static CommandName of(String text) {
        return Arrays.stream(values())
                .filter(command -> command.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no command is called " + text));
    }

    /** The name, as the user types it. */
    public String text() {
        return text;
    }

    /** What happened to the users, such as "deactivated". */
    public String done() {
        return done;
    }
}
