package com.fuse.users.csv;

import java.util.Locale;

/** The kinds of identifiers by which a row names its user. */
public enum Identifier {
    USER_ID("user ID"),
    USERNAME("username"),
    EMAIL("e-mail address");

    private final String label;

    Identifier(String label) {
        this.label = label;
    }

    /** As on the command line and in the tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The identifier with this text. */
    public static Identifier of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** The name for people, in the singular. */
    public String label() {
        return label;
    }
}
