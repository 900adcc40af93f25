package io.consort.service.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of a {@link WriteAhead}: records, each its length, its CRC-32C and its bytes, at multiples
 * of eight; zeros after the last. The length is written last, so that a record is there whole or not
 * at all. Not thread-safe.
 */
final class Segment {

    private static final VarHandle LENGTH =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEAD = 2 * Integer.BYTES;
    private static final int ALIGNMENT = Long.BYTES;

    private final Path file;
    private @Nullable MappedByteBuffer room;
    private int kept;

    private Segment(Path file, @Nullable MappedByteBuffer room, int kept) {
        this.file = file;
        this.room = room;
        this.kept = kept;
    }

    /** A new file whose bytes are all there, so that no disk that fills up later can take them. */
    static Segment create(Path file, int bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer zeros = ByteBuffer.allocate(bytes);
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
            mapped.order(ByteOrder.LITTLE_ENDIAN);
            return new Segment(file, mapped, 0);
        } catch (IOException failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
    }

    /** A file of an earlier process, with so many records. */
    static Segment leftBehind(Path file, int records) {
        return new Segment(file, null, records);
    }

    /** The records of a file up to the first that is not whole. */
    static List<byte[]> read(Path file) throws IOException {
        ByteBuffer content =
                ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> records = new ArrayList<>();
        while (content.remaining() >= HEAD) {
            int length = content.getInt();
            int checksum = content.getInt();
            if (length <= 0 || length > content.remaining()) {
                break;
            }
            byte[] record = new byte[length];
            content.get(record);
            if (checksum(record) != checksum) {
                break;
            }
            records.add(record);
            content.position(Math.min(content.limit(), aligned(content.position())));
        }
        return records;
    }

    Path file() {
        return file;
    }

    /** Adds a record; false when there is no room for it. */
    boolean append(byte[] record) {
        MappedByteBuffer to = room;
        if (to == null || to.remaining() < HEAD + record.length) {
            return false;
        }
        int start = to.position();
        to.putInt(start + Integer.BYTES, checksum(record));
        to.put(start + HEAD, record);
        LENGTH.setRelease(to, start, record.length);
        to.position(Math.min(to.limit(), aligned(start + HEAD + record.length)));
        kept++;
        return true;
    }

    /** Takes no more records. */
    void seal() {
        room = null;
    }

    void done(int records) {
        if (records > kept) {
            throw new IllegalArgumentException(
                    "%d records are done, but %d are kept".formatted(records, kept));
        }
        kept -= records;
    }

    /** Whether nothing is left to keep and nothing will be added. */
    boolean isDone() {
        return room == null && kept == 0;
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int aligned(int position) {
        return Math.ceilDiv(position, ALIGNMENT) * ALIGNMENT;
    }

    private static int checksum(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record);
        return (int) crc.getValue();
    }
}
