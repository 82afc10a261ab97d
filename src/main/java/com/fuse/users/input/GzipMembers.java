package com.fuse.users.input;

import java.io.FilterInputStream;
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

    /** A member's header may hold a name and a comment, each without a bound, which the decompressor keeps in memory. */
    private static final int HEADER_BYTES = 1024 * 1024;

    private final String name;
    private final HeaderLimit compressed;
    private @Nullable InputStream decompressed;

    /** Reads {@code compressed}, the bytes of the input {@code name}, and closes it when it is closed itself. */
    GzipMembers(String name, InputStream compressed) {
        this.name = name;
        this.compressed = new HeaderLimit(compressed);
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
                        .setOnMemberStart(member -> compressed.headerEnded())
                        .setOnMemberEnd(member -> compressed.headerBegins())
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

    /** The bytes of the file, as long as no header among them is longer than any has a reason to be. */
    private static final class HeaderLimit extends FilterInputStream {
        private boolean inHeader = true;
        private long headerBytes;

        HeaderLimit(InputStream file) {
            super(file);
        }

        void headerBegins() {
            inHeader = true;
            headerBytes = 0;
        }

        void headerEnded() {
            inHeader = false;
        }

        @Override
        public int read() throws IOException {
            return count(super.read(), 1);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, length);
            return count(n, n);
        }

        @Override
        public boolean markSupported() {
            // Bytes that are read again would be counted twice.
            return false;
        }

        private int count(int read, int bytes) throws IOException {
            headerBytes += read < 0 ? 0 : bytes;
            if (inHeader && headerBytes > HEADER_BYTES) {
                throw new IOException("a header in it has no end within " + HEADER_BYTES + " bytes");
            }
            return read;
        }
    }
}
