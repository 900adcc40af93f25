package io.consort.runtime.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.runtime.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes tensors as a sharded safetensors checkpoint, as hubs publish large ones. */
public final class ShardWriter {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PIECE = 1 << 26;

    private ShardWriter() {}

    /**
     * Writes shards and their index into a folder.
     *
     * @param shardBytes after so many bytes the next shard begins
     */
    public static void write(Collection<Tensor> tensors, Path folder, long shardBytes)
            throws IOException {
        List<List<Tensor>> shards = shards(tensors, shardBytes);
        ObjectNode index = JSON.createObjectNode();
        ObjectNode map = index.putObject("weight_map");
        for (int i = 0; i < shards.size(); i++) {
            String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
            shards.get(i).forEach(tensor -> map.put(tensor.name(), name));
            writeShard(folder.resolve(name), shards.get(i));
        }
        Files.writeString(folder.resolve("model.safetensors.index.json"), index.toString());
    }

    private static List<List<Tensor>> shards(Collection<Tensor> tensors, long shardBytes) {
        List<List<Tensor>> shards = new ArrayList<>();
        long bytes = shardBytes;
        for (Tensor tensor : tensors) {
            if (bytes >= shardBytes) {
                shards.add(new ArrayList<>());
                bytes = 0;
            }
            shards.getLast().add(tensor);
            bytes += tensor.data().byteSize();
        }
        return shards;
    }

    private static void writeShard(Path file, List<Tensor> tensors) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        long at = 0;
        for (Tensor tensor : tensors) {
            ObjectNode entry = header.putObject(tensor.name());
            entry.put("dtype", tensor.type().name());
            tensor.shape().forEach(entry.putArray("shape")::add);
            long end = at + tensor.data().byteSize();
            entry.putArray("data_offsets").add(at).add(end);
            at = end;
        }
        byte[] json = header.toString().getBytes(UTF_8);
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        length.putLong(json.length).flip();
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            write(channel, length);
            write(channel, ByteBuffer.wrap(json));
            for (Tensor tensor : tensors) {
                long size = tensor.data().byteSize();
                for (long from = 0; from < size; from += PIECE) {
                    long bytes = Math.min(PIECE, size - from);
                    write(channel, tensor.data().asSlice(from, bytes).asByteBuffer());
                }
            }
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
