/** Does to a service what must not harm it, and says what came of it. */
@NullMarked
package io.consort.service.chaos;

import org.jspecify.annotations.NullMarked;
