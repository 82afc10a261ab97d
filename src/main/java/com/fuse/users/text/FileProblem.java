package com.fuse.users.text;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Why a file or folder cannot be read or written, in words for people. Java gives the path and an exception's name. */
public final class FileProblem {

    private FileProblem() {}

    /**
     * Such as "permission denied".
     *
     * @param failure the file system's exception, or one that it caused
     */
    public static String describe(Exception failure) {
        return failure instanceof UncheckedIOException unchecked
                ? of(Objects.requireNonNull(unchecked.getCause()))
                : of(failure);
    }

    private static String of(Exception failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
            return "a file is in its place";
        }
        if (failure instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return failure.getMessage() == null ? "the reason is unknown" : failure.getMessage();
    }
}
