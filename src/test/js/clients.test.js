// The chat API through npm's clients. CONSORT_URL and CONSORT_KEY say where the service is.
import assert from "node:assert/strict";
import { test } from "node:test";

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ChatOpenAI } from "@langchain/openai";
import { generateText, streamText } from "ai";
import OpenAI from "openai";

const baseURL = process.env.CONSORT_URL;
const apiKey = process.env.CONSORT_KEY;
const messages = [{ role: "user", content: "hello" }];

const openai = new OpenAI({ baseURL, apiKey, maxRetries: 0 });

test("openai chats", async () => {
  const completion = await openai.chat.completions.create({ model: "plain", messages });
  assert.equal(completion.choices[0].message.content, "Hello");
  assert.equal(completion.model, "plain");
});

test("openai streams", async () => {
  const stream = await openai.chat.completions.create({
    model: "consort/steady",
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = "";
  let usage;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? "";
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, "Hello");
  assert.equal(usage.total_tokens, 9);
});

test("openai is told of a stream that breaks off", async () => {
  const stream = await openai.chat.completions.create({ model: "breaks", messages, stream: true });
  await assert.rejects(async () => {
    for await (const chunk of stream) {
      assert.equal(chunk.object, "chat.completion.chunk");
    }
  });
});

test("openai lists models and embeds", async () => {
  const ids = [];
  for await (const model of openai.models.list()) {
    ids.push(model.id);
  }
  assert.ok(ids.includes("auto") && ids.includes("plain"));
  const embeddings = await openai.embeddings.create({ model: "auto", input: ["rain", "cake"] });
  assert.equal(embeddings.data[1].embedding.length, 384);
});

test("openai understands errors", async () => {
  await assert.rejects(openai.chat.completions.create({ model: "nobody", messages }), (error) => {
    assert.equal(error.status, 404);
    assert.equal(error.code, "model_not_found");
    return true;
  });
  await assert.rejects(
    openai.chat.completions.create({ model: "plain", messages, temperature: 3 }),
    OpenAI.BadRequestError,
  );
});

const provider = createOpenAICompatible({ name: "consort", baseURL, apiKey });

test("the Vercel AI SDK chats", async () => {
  const { text, usage } = await generateText({ model: provider("plain"), prompt: "hello" });
  assert.equal(text, "Hello");
  assert.equal(usage.totalTokens, 9);
});

test("the Vercel AI SDK streams", async () => {
  const { textStream } = streamText({ model: provider("consort/steady"), prompt: "hello" });
  let text = "";
  for await (const part of textStream) {
    text += part;
  }
  assert.equal(text, "Hello");
});

const langchain = (model) => new ChatOpenAI({ model, apiKey, maxRetries: 0, configuration: { baseURL } });

test("LangChain chats", async () => {
  const message = await langchain("plain").invoke("hello");
  assert.equal(message.content, "Hello");
  assert.equal(message.usage_metadata.total_tokens, 9);
});

test("LangChain streams", async () => {
  let text = "";
  for await (const part of await langchain("plain").stream("hello")) {
    text += part.content;
  }
  assert.equal(text, "Hello");
});
