/** The contract that every model meets that can answer a chat request: what it is asked, what it says, how it fails. */
@NullMarked
package io.consort.experts.chat;

import org.jspecify.annotations.NullMarked;
