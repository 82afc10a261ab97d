package com.fuse.users.input;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses all members of a gzip file. {@link java.util.zip.GZIPInputStream} would take a damaged second member for
 * the end of the file, and the users in it would be lost without a message.
 */
final class GzipMembers extends InputStream {
    static final int FIRST_MAGIC_BYTE = 0x1f;
    static final int SECOND_MAGIC_BYTE = 0x8b;

    private final String name;
    private final InputStream compressed;
    private @Nullable InputStream decompressed;

    /** Reads {@code compressed}, the bytes of the input {@code name}. Closing this stream closes it. */
    GzipMembers(String name, InputStream compressed) {
        this.name = name;
        this.compressed = compressed;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /** @throws InputException (65) if the file is cut short or damaged */
    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            if (decompressed == null) {
                decompressed = GzipCompressorInputStream.builder()
                        .setInputStream(compressed)
                        .setDecompressConcatenated(true)
                        .get();
            }
            return decompressed.read(target, offset, length);
        } catch (IOException e) {
            String problem = e.getMessage() == null ? "it ends too early" : e.getMessage();
            throw InputException.unreadable(
                    name,
                    "the gzip file is damaged or cut short (" + problem + "); copy it again in full and run again.");
        }
    }

    @Override
    public void close() throws IOException {
        compressed.close();
    }
}
