/** Checkpoints on this machine as experts: conversation to prompt, prompt to engine, tokens to events. */
@NullMarked
package io.consort.runtime.local;

import org.jspecify.annotations.NullMarked;
