/** Text to tokens and back: tokenizers, chat templates, and answers put together from tokens as they come. */
@NullMarked
package io.consort.runtime.text;

import org.jspecify.annotations.NullMarked;
