package io.consort.service.catalogs;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.representer.Representer;

/** Changes YAML and writes it again in the style it had, with its comments where they can be kept. */
final class YamlText {

    private static final int LARGEST = 16 << 20;

    private YamlText() {}

    /**
     * The text with its tree changed.
     *
     * @param text is known to be YAML
     * @param change is called on one tree or on two, one after the other
     */
    static String changed(String text, Consumer<Node> change) {
        try {
            return changed(text, change, true);
        } catch (YAMLException unsupported) {
            // The library cannot keep every comment at every place.
            return changed(text, change, false);
        }
    }

    private static String changed(String text, Consumer<Node> change, boolean comments) {
        Node tree = yaml(comments).compose(new StringReader(text));
        change.accept(tree);
        StringWriter written = new StringWriter();
        yaml(comments).serialize(tree, written);
        Node again = yaml(false).compose(new StringReader(written.toString()));
        if (!Nodes.same(again, tree)) {
            throw new YAMLException("the text would not say what its tree says");
        }
        return written.toString();
    }

    private static Yaml yaml(boolean comments) {
        LoaderOptions reading = new LoaderOptions();
        reading.setCodePointLimit(LARGEST);
        reading.setProcessComments(comments);
        DumperOptions writing = new DumperOptions();
        writing.setProcessComments(comments);
        writing.setIndent(4);
        writing.setIndicatorIndent(2);
        writing.setSplitLines(false);
        writing.setWidth(120);
        return new Yaml(new SafeConstructor(reading), new Representer(writing), writing, reading);
    }
}
