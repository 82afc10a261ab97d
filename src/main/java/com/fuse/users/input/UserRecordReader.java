package com.fuse.users.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Streams the rows of an input, in memory that does not depend on its size. Not for use by several threads. */
public final class UserRecordReader implements Closeable {
    private final InputSource source;
    private final InputDigest digest;
    private final MessageDigest digestOfThisRead = InputDigest.newSha256();
    private final CsvRecords records;
    private final RowRules rules;
    private boolean ended;

    /**
     * Opens {@code source} and passes over its header. {@code digest} and {@code format} are to be those found for it.
     *
     * @throws InputException where it cannot be read any more
     */
    public UserRecordReader(InputSource source, InputDigest digest, InputFormat format) {
        this.source = source;
        this.digest = digest;
        InputStream content = new DigestInputStream(source.open(), digestOfThisRead);
        records = new CsvRecords(source, content, digest, format.delimiter());
        rules = new RowRules(format);
        if (format.header()) {
            records.advance();
        }
    }

    /**
     * The next row, well-formed or not, or null after the last.
     *
     * @throws InputException where the content is not CSV from here on, or, after the last row, where it is not the
     *     content that {@code digest} was made of: then no row that was read can be relied on
     */
    public @Nullable UserRecord read() {
        if (ended) {
            return null;
        }
        if (records.advance()) {
            return rules.apply(records);
        }
        ended = true;
        if (!MessageDigest.isEqual(digestOfThisRead.digest(), digest.sha256())) {
            throw InputException.unreadable(
                    source.name(), "the file changed while it was read; wait until it is complete and run again.");
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
