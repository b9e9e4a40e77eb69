package org.carbomt.field.journal;

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
        void write(ByteBuffer bytes, long position) throws IOException;

        void force() throws IOException;

        void truncate(long size) throws IOException;

        long size() throws IOException;

        /** Reads exactly length bytes. */
        byte[] read(long position, int length) throws IOException;

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

    /** On a file channel; positional, any thread may read. */
    record ChannelHandle(FileChannel channel) implements Handle {
        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            long at = position;
            while (bytes.hasRemaining()) at += channel.write(bytes, at);
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
        public byte[] read(long position, int length) throws IOException {
            var out = ByteBuffer.allocate(length);
            while (out.hasRemaining()) {
                if (channel.read(out, position + out.position()) < 0) throw new java.io.EOFException("at " + (position + out.position()));
            }
            return out.array();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
