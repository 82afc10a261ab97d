package com.fuse.users.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses all members of a gzip file (RFC 1952). Not {@link java.util.zip.GZIPInputStream}, because that one takes
 * a damaged member after the first for the end of the file: its users would be left out and nobody told.
 */
final class GzipMembers extends InputStream {
    static final int FIRST_MAGIC_BYTE = 0x1f;
    static final int SECOND_MAGIC_BYTE = 0x8b;

    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA_FIELD = 4;
    private static final int FILE_NAME = 8;
    private static final int COMMENT = 16;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private boolean inMember;

    /** Reads {@code in}, the compressed bytes of the input {@code name}, and closes it when it is closed itself. */
    GzipMembers(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /** @throws InputException of kind UNREADABLE where the file is truncated or damaged */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return inflate(target, offset, length);
        } catch (EOFException e) {
            throw InputException.unreadable(name, "the gzip file ends too early; copy it again in full and run again.");
        } catch (ZipException | DataFormatException e) {
            throw InputException.unreadable(
                    name, "the gzip file is damaged (" + e.getMessage() + "); copy it again and run again.");
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] target, int offset, int length) throws IOException, DataFormatException {
        if (length == 0) {
            return 0;
        }
        while (inMember || beginMember()) {
            int inflated = inflater.inflate(target, offset, length);
            if (inflated > 0) {
                checksum.update(target, offset, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("it asks for a dictionary");
            } else if (fill()) {
                inflater.setInput(buffer, 0, limit);
            } else {
                throw new EOFException();
            }
        }
        return -1;
    }

    private boolean beginMember() throws IOException {
        if (position == limit && !fill()) {
            return false;
        }
        if (nextByte() != FIRST_MAGIC_BYTE || nextByte() != SECOND_MAGIC_BYTE || nextByte() != DEFLATE) {
            throw new ZipException("what follows its first part is not gzip");
        }
        int flags = nextByte();
        skip(6);
        if ((flags & EXTRA_FIELD) != 0) {
            skip(nextByte() | nextByte() << 8);
        }
        if ((flags & FILE_NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skip(2);
        }
        inflater.setInput(buffer, position, limit - position);
        inMember = true;
        return true;
    }

    private void endMember() throws IOException {
        position = limit - inflater.getRemaining();
        if (nextNumber() != checksum.getValue() || nextNumber() != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new ZipException("its checksum does not fit its content");
        }
        inflater.reset();
        checksum.reset();
        inMember = false;
    }

    private long nextNumber() throws IOException {
        return nextByte() | nextByte() << 8 | nextByte() << 16 | (long) nextByte() << 24;
    }

    private void skipText() throws IOException {
        int skipped = nextByte();
        while (skipped != 0) {
            skipped = nextByte();
        }
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            nextByte();
        }
    }

    private int nextByte() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException();
        }
        return Byte.toUnsignedInt(buffer[position++]);
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }
}
