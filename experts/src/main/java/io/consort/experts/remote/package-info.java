/** Experts behind HTTP: OpenAI-dialect servers byte for byte through Vert.x, other dialects through LangChain4j. */
@NullMarked
package io.consort.experts.remote;

import org.jspecify.annotations.NullMarked;
