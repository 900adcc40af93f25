package io.consort.experts.catalog;

import io.consort.experts.RecordedOutcomes;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads where recorded outcomes are, and which expert a model of them stands for. */
final class OutcomesReader {

    private final References experts;
    private final Path folder;

    /**
     * @param folder from which relative paths are taken
     */
    OutcomesReader(References experts, Path folder) {
        this.experts = experts;
        this.folder = folder;
    }

    /**
     * The outcomes that a mapping names, together with its {@code experts}.
     *
     * @param key of the folder
     */
    RecordedOutcomes read(Fields fields, String key) {
        String name = fields.requiredText(key, "name the folder of an outcome set");
        Map<String, String> names = new LinkedHashMap<>();
        fields.mapping("experts", List.of())
                .ifPresent(given ->
                        given.values()
                                .forEach((model, node) ->
                                        given.text(model)
                                                .ifPresent(expert -> {
                                                    experts.use(node, given.path(model), expert);
                                                    names.put(model, expert);
                                                })));
        try {
            return new RecordedOutcomes(folder.resolve(name).normalize(), names);
        } catch (InvalidPathException malformed) {
            fields.wrong(key, name, "write the path of a folder");
            return new RecordedOutcomes(folder, names);
        }
    }
}
