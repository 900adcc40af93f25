package io.consort.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.chat.Message;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Templates with the constructs of the widely used model families. */
class PublishedTemplatesTest {

    private static final List<Message> ASKED = List.of(new Message("user", " Who? "));
    private static final List<Message> TOLD =
            List.of(new Message("system", " Be brief. "), new Message("user", "Who?"));
    private static final List<Message> LONG =
            List.of(
                    new Message("user", "Who?"),
                    new Message("assistant", " Me. "),
                    new Message("user", "Why?"));

    private static final String LLAMA_3 =
            """
            {{- bos_token }}
            {%- if custom_tools is defined %}
                {%- set tools = custom_tools %}
            {%- endif %}
            {%- if not tools_in_user_message is defined %}
                {%- set tools_in_user_message = true %}
            {%- endif %}
            {%- if not date_string is defined %}
                {%- if strftime_now is defined %}
                    {%- set date_string = strftime_now("%Y") %}
                {%- else %}
                    {%- set date_string = "26 Jul 2024" %}
                {%- endif %}
            {%- endif %}
            {%- if not tools is defined %}
                {%- set tools = none %}
            {%- endif %}
            {#- The system message comes first. #}
            {%- if messages[0]['role'] == 'system' %}
                {%- set system_message = messages[0]['content']|trim %}
                {%- set messages = messages[1:] %}
            {%- else %}
                {%- set system_message = "" %}
            {%- endif %}
            {{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
            {%- if tools is not none %}
                {{- "Environment: ipython\\n" }}
            {%- endif %}
            {{- "Cutting Knowledge Date: December 2023\\n" }}
            {{- system_message }}
            {{- "<|eot_id|>" }}
            {%- for message in messages %}
                {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
                    {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
                {%- elif 'tool_calls' in message %}
                    {%- if not message.tool_calls|length == 1 %}
                        {{- raise_exception("This model only supports single tool-calls at once!") }}
                    {%- endif %}
                {%- elif message.role == "tool" or message.role == "ipython" %}
                    {{- "<|start_header_id|>ipython<|end_header_id|>\\n\\n" }}
                    {%- if message.content is mapping or message.content is iterable %}
                        {{- message.content | tojson }}
                    {%- else %}
                        {{- message.content }}
                    {%- endif %}
                    {{- "<|eot_id|>" }}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
            {%- endif %}
            """;

    private static final String QWEN_2_5 =
            """
            {%- if tools %}
                {{- '<|im_start|>system\\n' }}
                {%- for tool in tools %}
                    {{- "\\n" }}
                    {{- tool | tojson }}
                {%- endfor %}
            {%- else %}
                {%- if messages[0]['role'] == 'system' %}
                    {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
                {%- else %}
                    {{- '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}
                {%- endif %}
            {%- endif %}
            {%- for message in messages %}
                {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
                    {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
                {%- elif message.role == "assistant" %}
                    {{- '<|im_start|>' + message.role }}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|im_start|>assistant\\n' }}
            {%- endif %}
            """;

    private static final String QWEN_3 =
            """
            {%- if tools %}
                {{- '<|im_start|>system\\n' }}
            {%- else %}
                {%- if messages[0].role == 'system' %}
                    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
                {%- endif %}
            {%- endif %}
            {%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}
            {%- for message in messages[::-1] %}
                {%- set index = (messages|length - 1) - loop.index0 %}
                {%- if ns.multi_step_tool and message.role == "user" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
                    {%- set ns.multi_step_tool = false %}
                    {%- set ns.last_query_index = index %}
                {%- endif %}
            {%- endfor %}
            {%- for message in messages %}
                {%- if message.content is string %}
                    {%- set content = message.content %}
                {%- else %}
                    {%- set content = '' %}
                {%- endif %}
                {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
                    {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}
                {%- elif message.role == "assistant" %}
                    {%- set reasoning_content = '' %}
                    {%- if message.reasoning_content is string %}
                        {%- set reasoning_content = message.reasoning_content %}
                    {%- else %}
                        {%- if '</think>' in content %}
                            {%- set reasoning_content = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
                            {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
                        {%- endif %}
                    {%- endif %}
                    {%- if loop.index0 > ns.last_query_index %}
                        {%- if loop.last or (not loop.last and reasoning_content) %}
                            {{- '<|im_start|>' + message.role + '\\n<think>\\n' + reasoning_content.strip('\\n') + '\\n</think>\\n\\n' + content.lstrip('\\n') }}
                        {%- else %}
                            {{- '<|im_start|>' + message.role + '\\n' + content }}
                        {%- endif %}
                    {%- else %}
                        {{- '<|im_start|>' + message.role + '\\n' + content }}
                    {%- endif %}
                    {%- if message.tool_calls %}
                        {%- for tool_call in message.tool_calls %}
                            {{- tool_call.name }}
                        {%- endfor %}
                    {%- endif %}
                    {{- '<|im_end|>\\n' }}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|im_start|>assistant\\n' }}
                {%- if enable_thinking is defined and enable_thinking is false %}
                    {{- '<think>\\n\\n</think>\\n\\n' }}
                {%- endif %}
            {%- endif %}
            """;

    private static final String GEMMA_2 =
            "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}"
                    + "{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
                    + "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}"
                    + "{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}"
                    + "{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}"
                    + "{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}";

    private static final String MISTRAL =
            """
            {%- if messages[0]["role"] == "system" %}
                {%- set system_message = messages[0]["content"] %}
                {%- set loop_messages = messages[1:] %}
            {%- else %}
                {%- set loop_messages = messages %}
            {%- endif %}
            {%- set ns = namespace() %}
            {%- set ns.index = 0 %}
            {%- for message in loop_messages %}
                {%- if not (message.role == "tool" or message.role == "tool_results" or (message.tool_calls is defined and message.tool_calls is not none)) %}
                    {%- if (message["role"] == "user") != (ns.index % 2 == 0) %}
                        {{- raise_exception("After the optional system message, conversation roles must alternate user/assistant/user/assistant/...") }}
                    {%- endif %}
                    {%- set ns.index = ns.index + 1 %}
                {%- endif %}
            {%- endfor %}
            {{- bos_token }}
            {%- for message in loop_messages %}
                {%- if message["role"] == "user" %}
                    {%- if loop.last and system_message is defined %}
                        {{- "[INST] " + system_message + "\\n\\n" + message["content"] + "[/INST]" }}
                    {%- else %}
                        {{- "[INST] " + message["content"] + "[/INST]" }}
                    {%- endif %}
                {%- elif message["role"] == "assistant" %}
                    {{- " " + message["content"]|trim + eos_token}}
                {%- else %}
                    {{- raise_exception("Only user and assistant roles are supported!") }}
                {%- endif %}
            {%- endfor %}
            """;

    private static final String PHI_3 =
            "{% for message in messages %}{% if message['role'] == 'system' and message['content'] %}{{'<|system|>\n' + message['content'] + '<|end|>\n'}}"
                    + "{% elif message['role'] == 'user' %}{{'<|user|>\n' + message['content'] + '<|end|>\n'}}"
                    + "{% elif message['role'] == 'assistant' %}{{'<|assistant|>\n' + message['content'] + '<|end|>\n'}}{% endif %}{% endfor %}"
                    + "{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% else %}{{ eos_token }}{% endif %}";

    @Test
    void llama3WritesHeadersAndTrimsTurns() {
        String system =
                "<s><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\n%s<|eot_id|>";
        String user = "<|start_header_id|>user<|end_header_id|>\n\n%s<|eot_id|>";
        String assistant = "<|start_header_id|>assistant<|end_header_id|>\n\n";

        assertThat(render(LLAMA_3, ASKED))
                .isEqualTo(system.formatted("") + user.formatted("Who?") + assistant);
        assertThat(render(LLAMA_3, TOLD))
                .isEqualTo(system.formatted("Be brief.") + user.formatted("Who?") + assistant);
        assertThat(render(LLAMA_3, LONG))
                .isEqualTo(
                        system.formatted("")
                                + user.formatted("Who?")
                                + assistant
                                + "Me.<|eot_id|>"
                                + user.formatted("Why?")
                                + assistant);
    }

    @Test
    void qwen25AddsItsOwnSystemMessage() {
        assertThat(render(QWEN_2_5, ASKED))
                .isEqualTo(
                        "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n Who? <|im_end|>\n<|im_start|>assistant\n");
        assertThat(render(QWEN_2_5, TOLD))
                .isEqualTo(
                        "<|im_start|>system\n Be brief. <|im_end|>\n<|im_start|>user\nWho?<|im_end|>\n<|im_start|>assistant\n");
        assertThat(render(QWEN_2_5, LONG)).contains("<|im_start|>assistant\n Me. <|im_end|>\n");
    }

    @Test
    void qwen3DropsThoughtsOfEarlierTurns() {
        List<Message> thought =
                List.of(
                        new Message("user", "Who?"),
                        new Message("assistant", "<think>\nhm\n</think>\n\nMe."),
                        new Message("user", "Why?"));

        assertThat(render(QWEN_3, thought))
                .isEqualTo(
                        "<|im_start|>user\nWho?<|im_end|>\n<|im_start|>assistant\nMe.<|im_end|>\n<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n");
        assertThat(render(QWEN_3, TOLD))
                .isEqualTo(
                        "<|im_start|>system\n Be brief. <|im_end|>\n<|im_start|>user\nWho?<|im_end|>\n<|im_start|>assistant\n");
    }

    @Test
    void gemma2RenamesTheAssistantAndRefusesSystemMessages() {
        assertThat(render(GEMMA_2, LONG))
                .isEqualTo(
                        "<s><start_of_turn>user\nWho?<end_of_turn>\n<start_of_turn>model\nMe.<end_of_turn>\n<start_of_turn>user\nWhy?<end_of_turn>\n<start_of_turn>model\n");
        assertThatThrownBy(() -> render(GEMMA_2, TOLD))
                .hasMessageContaining("System role not supported");
        assertThatThrownBy(() -> render(GEMMA_2, List.of(LONG.get(0), LONG.get(2))))
                .hasMessageContaining("must alternate");
    }

    @Test
    void mistralPutsTheSystemMessageIntoTheLastTurn() {
        assertThat(render(MISTRAL, TOLD)).isEqualTo("<s>[INST]  Be brief. \n\nWho?[/INST]");
        assertThat(render(MISTRAL, LONG))
                .isEqualTo("<s>[INST] Who?[/INST] Me.</s>[INST] Why?[/INST]");
        assertThatThrownBy(() -> render(MISTRAL, List.of(LONG.get(0), LONG.get(2))))
                .hasMessageContaining("must alternate");
    }

    @Test
    void phi3FramesTurnsWithItsTokens() {
        assertThat(render(PHI_3, TOLD))
                .isEqualTo(
                        "<|system|>\n Be brief. <|end|>\n<|user|>\nWho?<|end|>\n<|assistant|>\n");
        assertThat(render(PHI_3, LONG))
                .isEqualTo(
                        "<|user|>\nWho?<|end|>\n<|assistant|>\n Me. <|end|>\n<|user|>\nWhy?<|end|>\n<|assistant|>\n");
    }

    private static String render(String template, List<Message> messages) {
        return ChatTemplate.of(
                        template,
                        Map.of("bos_token", "<s>", "eos_token", "</s>"),
                        new FakeTokenizer())
                .render(messages);
    }
}
