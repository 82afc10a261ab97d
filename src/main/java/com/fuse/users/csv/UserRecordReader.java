package com.fuse.users.csv;

import com.fuse.users.input.InputDigest;
import com.fuse.users.input.InputException;
import com.fuse.users.input.InputKind;
import com.fuse.users.input.InputSource;
import com.fuse.users.text.Counts;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Reads the rows of an input as a stream; its memory does not depend on the size of the input. Not thread-safe. */
public final class UserRecordReader implements Closeable {
    private final InputSource source;
    private final InputDigest digest;
    private final Layout layout;
    private final MessageDigest digestOfThisRead = DigestUtils.getSha256Digest();
    private final CsvRecords records;
    private final HeaderCheck headerCheck;
    private final RowRules rules;
    private @Nullable UserRecord next;
    private boolean nextMayBeCount;
    private boolean begun;
    private long rows;
    private long headings;

    /**
     * Opens {@code source} and skips its header. {@code digest} and {@code format} must be those of the same source.
     *
     * @throws InputException if the source can no longer be read
     */
    public UserRecordReader(InputSource source, InputDigest digest, InputFormat format) {
        this.source = source;
        this.digest = digest;
        this.layout = format.layout();
        InputStream content = new DigestInputStream(source.open(), digestOfThisRead);
        records = new CsvRecords(source, content, digest, format.delimiter());
        headerCheck = new HeaderCheck(layout);
        rules = new RowRules(format);
        if (format.delimiterLine()) {
            records.advance();
        }
        if (layout.hasHeader()) {
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
        UserRecord row = begun ? next : readAhead();
        begun = true;
        if (row == null) {
            return null;
        }
        boolean mayBeCount = nextMayBeCount;
        next = readAhead();
        if (next == null && mayBeCount) {
            return UserRecord.malformed(
                    row.line(),
                    row.value(),
                    null,
                    "is the number of rows above it, so it may be their count; remove the row, or, if it is a user, use --user ID, and run again.");
        }
        return row;
    }

    /** What the operator should know about the content, a sentence each. Complete after the last row. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(records.notes());
        if (headings > 0) {
            notes.add(Counts.of(headings, "repeated heading"));
        }
        return notes;
    }

    private @Nullable UserRecord readAhead() {
        while (records.advance()) {
            switch (headerCheck.kind(records)) {
                case REPEATED_HEADER -> headings++;
                case OTHER_HEADER ->
                    throw InputException.unreadable(
                            source.name(),
                            records.line(),
                            "there is %s header; remove the header, or put the rows below it into a file of their own, and run again."
                                    .formatted(layout.hasHeader() ? "another" : "a"));
                case ROW -> {
                    UserRecord row = rules.apply(records);
                    nextMayBeCount = mayBeCount(row);
                    rows++;
                    return row;
                }
            }
        }
        if (!MessageDigest.isEqual(digestOfThisRead.digest(), digest.sha256())) {
            throw InputException.unreadable(
                    source.name(), "the file changed while it was read; wait until it is complete and run again.");
        }
        return null;
    }

    /** Whether this row of the current record is nothing but the number of the rows above it, even below a username. */
    private boolean mayBeCount(UserRecord row) {
        Long number = UserId.parse(row.value());
        return source.kind() != InputKind.USERS
                && number != null
                && number == rows
                && records.fields().stream()
                                .filter(field -> !Blanks.trim(field).isEmpty())
                                .count()
                        == 1;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
