package io.consort.runtime.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The index of a sharded checkpoint: which file holds which tensor. */
record ShardIndex(Path file, Map<String, String> shards) {

    private static final String NAME = "model.safetensors.index.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ShardIndex read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            throw new CheckpointException(
                    folder,
                    "it holds neither %s nor %s".formatted(Weights.SINGLE_FILE, NAME),
                    "fetch the weights, or convert them to safetensors");
        }
        Map<String, String> shards = new LinkedHashMap<>();
        JsonNode map;
        try {
            map = JSON.readTree(Files.readAllBytes(file)).path("weight_map");
        } catch (IOException e) {
            throw broken(file, "it is not valid JSON");
        }
        if (!map.isObject()) {
            throw broken(file, "it has no `weight_map`");
        }
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String shard = entry.getValue().asText();
            if (!shard.endsWith(".safetensors") || !isPlainName(shard)) {
                throw broken(
                        file,
                        "`weight_map.%s` is not the name of a safetensors file beside it"
                                .formatted(entry.getKey()));
            }
            shards.put(entry.getKey(), shard);
        }
        return new ShardIndex(file, shards);
    }

    Map<String, Tensor> map(Arena arena) {
        Map<String, Map<String, Tensor>> files = new LinkedHashMap<>();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : shards.entrySet()) {
            Path shard = file.resolveSibling(entry.getValue());
            Tensor tensor =
                    files.computeIfAbsent(
                                    entry.getValue(), name -> SafetensorsFile.map(shard, arena))
                            .get(entry.getKey());
            if (tensor == null) {
                throw new CheckpointException(
                        shard,
                        "the tensor `%s` is missing, which %s promises"
                                .formatted(entry.getKey(), NAME),
                        "fetch all files of the checkpoint from the same revision");
            }
            tensors.put(entry.getKey(), tensor);
        }
        return tensors;
    }

    private static boolean isPlainName(String shard) {
        return shard.indexOf('/') < 0 && shard.indexOf('\\') < 0 && shard.indexOf('\0') < 0;
    }

    private static CheckpointException broken(Path file, String problem) {
        return new CheckpointException(file, problem, "fetch the file again");
    }
}
