/** One chat request on its way: admitted, decided, answered and recorded; all on one event loop. */
@NullMarked
package io.consort.service.api.chat;

import org.jspecify.annotations.NullMarked;
