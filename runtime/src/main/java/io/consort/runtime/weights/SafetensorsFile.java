package io.consort.runtime.weights;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Maps a safetensors file: eight bytes of header length, a JSON header, the tensors' bytes. */
public final class SafetensorsFile {

    private static final long HEADER_LIMIT = 100_000_000;
    private static final ValueLayout.OfLong LENGTH =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private SafetensorsFile() {}

    /**
     * The file's tensors by name, in order of place. They lie in the file's mapping, which lives as
     * long as the arena.
     *
     * @throws CheckpointException naming the file, what is wrong and the remedy
     */
    public static Map<String, Tensor> map(Path file, Arena arena) {
        MemorySegment mapping = MappedFile.map(file, arena);
        long size = mapping.byteSize();
        if (size < Long.BYTES) {
            throw damaged(file, "it is truncated: it has %d bytes".formatted(size));
        }
        long headerBytes = mapping.get(LENGTH, 0);
        if (headerBytes < 0 || headerBytes > size - Long.BYTES || headerBytes > HEADER_LIMIT) {
            throw damaged(
                    file,
                    "its header should have %s bytes, which the file of %d bytes cannot hold"
                            .formatted(Long.toUnsignedString(headerBytes), size));
        }
        byte[] header = mapping.asSlice(Long.BYTES, headerBytes).toArray(ValueLayout.JAVA_BYTE);
        MemorySegment data = mapping.asSlice(Long.BYTES + headerBytes);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (SafetensorsHeader.Entry entry :
                SafetensorsHeader.parse(file, header, data.byteSize())) {
            MemorySegment bytes = data.asSlice(entry.begin(), entry.end() - entry.begin());
            tensors.put(
                    entry.name(),
                    new Tensor(
                            file,
                            OptionalLong.of(Long.BYTES + headerBytes + entry.begin()),
                            entry.name(),
                            entry.type(),
                            entry.shape(),
                            bytes));
        }
        return tensors;
    }

    private static CheckpointException damaged(Path file, String problem) {
        return new CheckpointException(file, problem, "the file is damaged; fetch it again");
    }
}
