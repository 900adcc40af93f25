/** The HTTP API: routes, authentication, bodies, errors and the endpoints besides chat. */
@NullMarked
package io.consort.service.api;

import org.jspecify.annotations.NullMarked;
