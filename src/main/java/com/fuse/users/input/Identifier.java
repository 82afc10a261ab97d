package com.fuse.users.input;

/** The kinds of identifiers by which a row names its user. */
public enum Identifier {
    USER_ID("user ID"),
    USERNAME("username"),
    EMAIL("e-mail address");

    private final String label;

    Identifier(String label) {
        this.label = label;
    }

    /** The name for people, in the singular. */
    public String label() {
        return label;
    }
}
