/** Tests of tokenizers, templates and answers' texts. */
@NullMarked
package io.consort.runtime.text;

import org.jspecify.annotations.NullMarked;
