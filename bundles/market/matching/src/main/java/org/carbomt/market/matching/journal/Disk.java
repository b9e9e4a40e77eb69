package org.carbomt.market.matching.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The few operations on files whose failure the journal must survive; a twin in the tests fails and forgets on purpose. */
interface Disk {
    /** Opens for reading and writing; creates if absent. */
    Handle open(Path file) throws IOException;

    /** Makes names in the folder durable. */
    void forceFolder(Path folder) throws IOException;

    interface Handle extends AutoCloseable {
        /** Writes all buffers one after the other from the position on. */
        void write(long position, ByteBuffer... buffers) throws IOException;

        void force() throws IOException;

        void truncate(long size) throws IOException;

        long size() throws IOException;

        /** Fills the buffer from the position on, up to its limit. */
        void read(ByteBuffer into, long position) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The real one. */
    static Disk real() {
        return new Disk() {
            @Override
            public Handle open(Path file) throws IOException {
                return new ChannelHandle(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
            }

            @Override
            public void forceFolder(Path folder) throws IOException {
                try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        };
    }

    /** On a file channel. */
    record ChannelHandle(FileChannel channel) implements Handle {
        @Override
        public void write(long position, ByteBuffer... buffers) throws IOException {
            long at = position;
            for (var bytes : buffers) {
                while (bytes.hasRemaining()) at += channel.write(bytes, at);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            long at = position;
            while (into.hasRemaining()) {
                int n = channel.read(into, at);
                if (n < 0) throw new EOFException("at " + at);
                at += n;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
