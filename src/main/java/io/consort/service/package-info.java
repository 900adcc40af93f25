/** The service: one OpenAI-compatible chat API over a catalog of experts. */
@NullMarked
package io.consort.service;

import org.jspecify.annotations.NullMarked;
