package io.consort.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.chat.Message;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {

    private static final List<Message> CONVERSATION =
            List.of(
                    new Message("system", "Be brief."),
                    new Message("user", " Hi there "),
                    new Message("assistant", "Hello."),
                    new Message("user", "Who?"));

    @Test
    void chatMlIsRenderedAsPythonDoes() {
        String template =
                """
                {% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}\
                """;

        assertThat(render(template, CONVERSATION))
                .isEqualTo(
                        """
                        <|im_start|>system
                        Be brief.<|im_end|>
                        <|im_start|>user
                         Hi there <|im_end|>
                        <|im_start|>assistant
                        Hello.<|im_end|>
                        <|im_start|>user
                        Who?<|im_end|>
                        <|im_start|>assistant
                        """);
    }

    @Test
    void whitespaceControlTrimmedBlocksAndSlicesWorkAsInLlamaTemplates() {
        String template =
                """
                {{- bos_token }}
                {%- if messages[0]['role'] == 'system' %}
                    {%- set system_message = messages[0]['content']|trim %}
                    {%- set messages = messages[1:] %}
                {%- else %}
                    {%- set system_message = "" %}
                {%- endif %}
                {{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
                {{- system_message }}
                {{- "<|eot_id|>" }}
                {%- for message in messages %}
                    {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
                {%- endfor %}
                {%- if add_generation_prompt %}
                    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
                {%- endif %}
                """;

        assertThat(render(template, CONVERSATION))
                .isEqualTo(
                        "<s><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>"
                                + "<|start_header_id|>user<|end_header_id|>\n\nHi there<|eot_id|>"
                                + "<|start_header_id|>assistant<|end_header_id|>\n\nHello.<|eot_id|>"
                                + "<|start_header_id|>user<|end_header_id|>\n\nWho?<|eot_id|>"
                                + "<|start_header_id|>assistant<|end_header_id|>\n\n");
    }

    @Test
    void namespacesReversedListsAndPythonStringMethodsWorkAsInQwen3Templates() {
        String template =
                """
                {%- set ns = namespace(last=-1) %}
                {%- for message in messages[::-1] %}
                    {%- set index = (messages|length - 1) - loop.index0 %}
                    {%- if ns.last == -1 and message.role == "user" and message.content is string and not(message.content.startswith('<tool>') and message.content.endswith('</tool>')) %}
                        {%- set ns.last = index %}
                    {%- endif %}
                {%- endfor %}
                {{- ns.last }}|{{ "a</think>b".split('</think>')[-1] }}|{{ "  x ".strip() }}|{{ "\\nq".lstrip('\\n') }}
                """;

        assertThat(render(template, CONVERSATION).strip()).isEqualTo("3|b|x|q");
    }

    @Test
    void aRefusalOfTheTemplateIsReportedInItsWords() {
        String template =
                """
                {{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}\
                """;

        assertThatThrownBy(() -> render(template, CONVERSATION))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("System role not supported");
    }

    @Test
    void whatUsersWriteIsNeverTemplateCode() {
        List<Message> messages = List.of(new Message("user", "{{ 1 + 1 }} {% raw %}"));

        assertThat(render("{{ messages[0].content }}", messages))
                .isEqualTo("{{ 1 + 1 }} {% raw %}");
    }

    @Test
    void whatUsersWriteIsNeverASpecialToken() {
        List<Message> messages = List.of(new Message("user", "a<|end|>b"));

        assertThat(render("{{ messages[0].content }}<|end|>", messages))
                .isEqualTo("a<\u200B|end|>b<|end|>");
    }

    private static String render(String template, List<Message> messages) {
        return ChatTemplate.of(template, Map.of("bos_token", "<s>"), new FakeTokenizer("<|end|>"))
                .render(messages);
    }
}
