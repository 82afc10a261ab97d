package com.fuse.users.demo;

import java.sql.Connection;
import java.sql.SQLException;

/** The locale of a database of the project's own: the same order and letter case on every machine. */
public final class UnicodeLetters {

    private static final int FIRST_WITH_A_LOCALE_OF_ITS_OWN = 17;

    private UnicodeLetters() {}

    /**
     * Options of {@code create database}, for a copy of {@code template0}: order by code point, and the letter case of
     * all of Unicode. Servers before 17 take the letter case from the operating system's {@code C.UTF-8}.
     */
    public static String options(Connection server) throws SQLException {
        return server.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_A_LOCALE_OF_ITS_OWN
                ? "template template0 locale_provider builtin builtin_locale 'C.UTF-8'"
                : "template template0 lc_ctype 'C.UTF-8'";
    }
}
