package com.fuse.users.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Reads the rows of an input as a stream; its memory does not depend on the size of the input. Not thread-safe. */
public final class UserRecordReader implements Closeable {
    private final InputSource source;
    private final InputDigest digest;
    private final MessageDigest digestOfThisRead = DigestUtils.getSha256Digest();
    private final CsvRecords records;
    private final RowRules rules;
    private boolean ended;

    /**
     * Opens {@code source} and skips its header. {@code digest} and {@code format} must be those of the same source.
     *
     * @throws InputException if the source can no longer be read
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
     * The next row, well-formed or malformed; null after the last one.
     *
     * @throws InputException if the content is not CSV from here on; also after the last row, if the content is not the
     *     one that {@code digest} was made of: then no row of it is reliable
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
