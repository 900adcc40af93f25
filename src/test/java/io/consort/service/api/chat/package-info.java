/** Tests of a chat request's parts. */
@NullMarked
package io.consort.service.api.chat;

import org.jspecify.annotations.NullMarked;
