/** The embedder that ships with Consort: all-MiniLM-L6-v2, quantised to 8 bits, from LangChain4j's packaging, in process. */
@NullMarked
package io.consort.router.signal.minilm;

import org.jspecify.annotations.NullMarked;
