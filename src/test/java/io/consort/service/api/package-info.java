/** The API's observable properties, one class each, against the running service. */
@NullMarked
package io.consort.service.api;

import org.jspecify.annotations.NullMarked;
