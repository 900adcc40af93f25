/** The contract tests of chat experts, and what they are made of. */
@NullMarked
package io.consort.experts.chat;

import org.jspecify.annotations.NullMarked;
