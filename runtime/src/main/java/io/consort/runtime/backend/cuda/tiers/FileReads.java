package io.consort.runtime.backend.cuda.tiers;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Brings weights into pinned memory with several threads. Thread-safe. */
final class FileReads implements AutoCloseable {

    private final ExecutorService readers;
    private final int window;

    FileReads(String name, int threads) {
        window = 2 * threads;
        readers =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name(name, 0).factory());
    }

    /** Pieces that it is worth to begin together. */
    int window() {
        return window;
    }

    /** Begins something that readers do. */
    Future<MemorySegment> begin(Callable<MemorySegment> task) {
        return readers.submit(task);
    }

    /** Fills the whole segment with an image's bytes from a place on, and gives it back. */
    static MemorySegment fill(WeightImage image, long from, MemorySegment into) throws IOException {
        for (WeightImage.Piece piece : image.pieces()) {
            long begin = Math.max(from, piece.at());
            long end = Math.min(from + into.byteSize(), piece.at() + piece.bytes());
            if (begin < end) {
                read(piece, begin - piece.at(), into.asSlice(begin - from, end - begin));
            }
        }
        return into;
    }

    private static void read(WeightImage.Piece piece, long from, MemorySegment into)
            throws IOException {
        switch (piece) {
            case WeightImage.InMemory memory ->
                    MemorySegment.copy(memory.source(), from, into, 0, into.byteSize());
            case WeightImage.InFile file -> read(file.file(), file.offset() + from, into);
        }
    }

    private static void read(Path file, long offset, MemorySegment into) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = into.asByteBuffer();
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw new EOFException(
                            "%s ends %,d bytes early; fetch the file again"
                                    .formatted(file, buffer.remaining()));
                }
            }
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
