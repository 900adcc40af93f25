/** Tests of what operators see of requests. */
@NullMarked
package io.consort.service.observe;

import org.jspecify.annotations.NullMarked;
