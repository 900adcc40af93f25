/** The service as a whole, and what is wired together at its start. */
@NullMarked
package io.consort.service;

import org.jspecify.annotations.NullMarked;
