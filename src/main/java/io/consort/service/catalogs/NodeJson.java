package io.consort.service.catalogs;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Writes a tree of YAML, without aliases, as JSON. */
final class NodeJson {

    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,17})?([eE][-+]?[0-9]{1,3})?");

    private NodeJson() {}

    static void write(JsonGenerator out, Node node) throws IOException {
        switch (node) {
            case MappingNode mapping -> {
                out.writeStartObject();
                for (NodeTuple tuple : mapping.getValue()) {
                    out.writeFieldName(Nodes.key(tuple));
                    write(out, tuple.getValueNode());
                }
                out.writeEndObject();
            }
            case SequenceNode sequence -> {
                out.writeStartArray();
                for (Node element : sequence.getValue()) {
                    write(out, element);
                }
                out.writeEndArray();
            }
            case ScalarNode scalar -> write(out, scalar);
            default -> throw new IllegalArgumentException("an alias is left: " + node.getNodeId());
        }
    }

    private static void write(JsonGenerator out, ScalarNode scalar) throws IOException {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            out.writeNull();
        } else if (tag.equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
            out.writeBoolean(text.equals("true"));
        } else if ((tag.equals(Tag.INT) || tag.equals(Tag.FLOAT))
                && NUMBER.matcher(text).matches()) {
            out.writeNumber(text);
        } else {
            out.writeString(text);
        }
    }
}
