package io.consort.experts.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMembersTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String[] NAMES = {"model", "messages", "a\"b", "ü\n", "", "{", "model2"};

    @Test
    void randomObjectsHaveTheMembersThatAParserFinds() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        for (int round = 0; round < 3000; round++) {
            ObjectNode object = object(random, 0);
            byte[] json = spaced(object.toString(), random).getBytes(UTF_8);
            assertThat(members(json)).isEqualTo(asMap(object));
        }
    }

    @Test
    void damagedObjectsNeverLeadOutOfTheRange() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(2);
        int understood = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] json = object(random, 0).toString().getBytes(UTF_8);
            for (int i = random.nextInt(3); i >= 0; i--) {
                json[random.nextInt(json.length)] = (byte) random.nextInt(256);
            }
            try {
                JsonMembers members = JsonMembers.of(json);
                while (members.next()) {
                    assertThat(members.valueStart()).isLessThan(members.valueEnd());
                    assertThat(members.valueEnd()).isLessThanOrEqualTo(json.length);
                    ChunkFacts.errorText(json);
                }
                understood++;
            } catch (MalformedJsonException malformed) {
                assertThatThrownBy(() -> JSON.readTree(json))
                        .as(new String(json, UTF_8))
                        .isInstanceOf(IOException.class);
            }
        }
        assertThat(understood).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1}x",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{\"a\":\"\\",
                "{\"a\":[[[}",
                "{,}",
                "{\"a\":1,}"
            })
    void whatIsNoObjectIsRefused(String text) {
        assertThatThrownBy(() -> members(text.getBytes(UTF_8)))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws Exception {
        assertThat(members("\uFEFF{\"a\":1}".getBytes(UTF_8))).containsOnlyKeys("a");
    }

    @Test
    void escapedNamesAreRecognised() {
        JsonMembers members = JsonMembers.of("{\"m\\u006fdel\":1}".getBytes(UTF_8));
        assertThat(members.next()).isTrue();
        assertThat(members.nameIs("model".getBytes(UTF_8))).isTrue();
        assertThat(members.nameIs("madel".getBytes(UTF_8))).isFalse();
    }

    @Test
    void nestingHasNoLimit() throws Exception {
        String deep = "{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";
        JsonMembers members = JsonMembers.of(deep.getBytes(UTF_8));
        assertThat(members.next()).isTrue();
        assertThat(members.valueEnd() - members.valueStart()).isEqualTo(400_000);
        assertThat(members.next()).isFalse();
    }

    private static Map<String, JsonNode> members(byte[] json) throws JsonProcessingException {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        JsonMembers members = JsonMembers.of(json);
        while (members.next()) {
            String value =
                    new String(
                            json,
                            members.valueStart(),
                            members.valueEnd() - members.valueStart(),
                            UTF_8);
            String name = "?" + members.valueStart();
            for (String known : NAMES) {
                if (members.nameIs(known.getBytes(UTF_8))) {
                    name = known;
                }
            }
            if (name.startsWith("?") && members.nameIs("a".getBytes(UTF_8))) {
                name = "a";
            }
            found.put(name, JSON.readTree(value));
        }
        return found;
    }

    private static Map<String, JsonNode> asMap(ObjectNode object) {
        Map<String, JsonNode> map = new LinkedHashMap<>();
        object.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }

    private static ObjectNode object(RandomGenerator random, int depth) {
        ObjectNode object = JSON.createObjectNode();
        for (int i = random.nextInt(4); i >= 0; i--) {
            object.set(NAMES[random.nextInt(NAMES.length)], value(random, depth));
        }
        return object;
    }

    private static JsonNode value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 7)) {
            case 0 -> JSON.getNodeFactory().numberNode(random.nextInt());
            case 1 -> JSON.getNodeFactory().numberNode(random.nextDouble() * 1e30);
            case 2 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 3 -> JSON.getNodeFactory().nullNode();
            case 4 -> JSON.getNodeFactory().textNode(text(random));
            case 5 -> object(random, depth + 1);
            default -> {
                ArrayNode array = JSON.createArrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth + 1));
                }
                yield array;
            }
        };
    }

    private static String text(RandomGenerator random) {
        String alphabet = "\"\\{}[]:,ü🌍\n\u0001 ax";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(
                    alphabet.codePoints()
                            .skip(random.nextInt((int) alphabet.codePoints().count()))
                            .findFirst()
                            .orElseThrow());
        }
        return text.toString();
    }

    /** The same JSON with white space around structure that is outside strings. */
    private static String spaced(String json, RandomGenerator random) {
        StringBuilder spaced = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char here = json.charAt(i);
            if (quoted && here == '\\') {
                spaced.append(here).append(json.charAt(++i));
                continue;
            }
            quoted ^= here == '"';
            boolean structure = !quoted && "{}[]:,".indexOf(here) >= 0;
            spaced.append(structure && random.nextBoolean() ? " \t" : "").append(here);
            spaced.append(structure && random.nextBoolean() ? "\r\n" : "");
        }
        return spaced.toString();
    }
}
