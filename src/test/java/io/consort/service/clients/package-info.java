/** The API through clients that nobody here wrote. */
@NullMarked
package io.consort.service.clients;

import org.jspecify.annotations.NullMarked;
