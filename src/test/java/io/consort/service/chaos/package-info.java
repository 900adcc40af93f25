/** Tests of what is done to a service that must not harm it. */
@NullMarked
package io.consort.service.chaos;

import org.jspecify.annotations.NullMarked;
