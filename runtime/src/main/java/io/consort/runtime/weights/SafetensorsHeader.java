package io.consort.runtime.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads and checks the JSON header of a safetensors file. */
final class SafetensorsHeader {

    /** Where a tensor lies in the bytes after the header. */
    record Entry(String name, DType type, List<Long> shape, long begin, long end) {}

    private static final String DAMAGED = "the file is damaged; fetch it again";
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Path file;

    private SafetensorsHeader(Path file) {
        this.file = file;
    }

    /**
     * The entries of a header, in order of place.
     *
     * @param json the header's bytes
     * @param dataBytes how many bytes follow the header
     * @throws CheckpointException if the entries contradict themselves, each other or the size
     */
    static List<Entry> parse(Path file, byte[] json, long dataBytes) {
        return new SafetensorsHeader(file).entries(json, dataBytes);
    }

    private List<Entry> entries(byte[] json, long dataBytes) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw damaged(
                    "its header is not valid JSON at byte %d"
                            .formatted(e.getLocation().getByteOffset()));
        } catch (IOException | StackOverflowError e) {
            throw damaged("its header is not valid JSON: " + e);
        }
        if (!root.isObject()) {
            throw damaged("its header is not a JSON object");
        }
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            if (!property.getKey().equals("__metadata__")) {
                entries.add(entry(property.getKey(), property.getValue()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        requireGapless(entries, dataBytes);
        return entries;
    }

    private Entry entry(String name, JsonNode node) {
        String typeName = node.path("dtype").asText();
        DType type =
                DType.of(typeName)
                        .orElseThrow(() ->
                                new CheckpointException(
                                        file,
                                        "`%s` has the unknown dtype \"%s\""
                                                .formatted(name, typeName),
                                        "convert it to F32, F16 or BF16"));
        List<Long> shape = longs(name, "shape", node.path("shape"));
        List<Long> offsets = longs(name, "data_offsets", node.path("data_offsets"));
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw damaged("`%s` has data_offsets that are not a begin and an end".formatted(name));
        }
        Entry entry = new Entry(name, type, shape, offsets.get(0), offsets.get(1));
        if (entry.end() - entry.begin() != bytes(entry)) {
            throw damaged(
                    "`%s` is %s of shape %s, which does not take the %d bytes of its data_offsets"
                            .formatted(name, type, shape, entry.end() - entry.begin()));
        }
        return entry;
    }

    private List<Long> longs(String name, String field, JsonNode node) {
        List<Long> values = new ArrayList<>();
        for (JsonNode value : node) {
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
                throw damaged("`%s` has a %s that is not of counts".formatted(name, field));
            }
            values.add(value.asLong());
        }
        if (!node.isArray()) {
            throw damaged("`%s` has no %s".formatted(name, field));
        }
        return values;
    }

    private long bytes(Entry entry) {
        long bytes = entry.type().blockBytes();
        try {
            for (long size : entry.shape()) {
                bytes = Math.multiplyExact(bytes, size);
            }
        } catch (ArithmeticException e) {
            throw damaged(
                    "`%s` has the impossible shape %s".formatted(entry.name(), entry.shape()));
        }
        return bytes;
    }

    private void requireGapless(List<Entry> entries, long dataBytes) {
        long place = 0;
        for (Entry entry : entries) {
            if (entry.end() > dataBytes) {
                throw damaged(
                        "it is truncated: `%s` ends at byte %d of the data, but there are %d"
                                .formatted(entry.name(), entry.end(), dataBytes));
            }
            if (entry.begin() < place) {
                throw damaged("`%s` overlaps the tensor before it".formatted(entry.name()));
            }
            if (entry.begin() > place) {
                throw damaged("there is a gap before `%s`".formatted(entry.name()));
            }
            place = entry.end();
        }
        if (place != dataBytes) {
            throw damaged("%d bytes follow its last tensor".formatted(dataBytes - place));
        }
    }

    private CheckpointException damaged(String problem) {
        return new CheckpointException(file, problem, DAMAGED);
    }
}
