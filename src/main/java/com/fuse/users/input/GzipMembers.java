package com.fuse.users.input;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses all members of a gzip file. Not by {@link java.util.zip.GZIPInputStream}, because that one takes a
 * damaged member after the first for the end of the file: its users would be left out and nobody told.
 */
final class GzipMembers extends InputStream {
    static final int FIRST_MAGIC_BYTE = 0x1f;
    static final int SECOND_MAGIC_BYTE = 0x8b;

    private final String name;
    private final InputStream compressed;
    private @Nullable InputStream decompressed;

    /** Reads {@code compressed}, the bytes of the input {@code name}, and closes it when it is closed itself. */
    GzipMembers(String name, InputStream compressed) {
        this.name = name;
        this.compressed = compressed;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    /** @throws InputException of kind UNREADABLE where the file is truncated or damaged */
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
