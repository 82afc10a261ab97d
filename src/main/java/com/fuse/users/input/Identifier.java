package com.fuse.users.input;

/** What a row names its user by. */
public enum Identifier {
    USER_ID("user ID"),
    USERNAME("username"),
    EMAIL("e-mail address");

    private final String label;

    Identifier(String label) {
        this.label = label;
    }

    /** The name that people are shown, in the singular and in lower case where a sentence allows it. */
    public String label() {
        return label;
    }
}
