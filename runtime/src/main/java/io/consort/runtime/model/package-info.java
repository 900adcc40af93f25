/** Decoder models: their configuration, one readable class per architecture, and passes of a batch through their layers. */
@NullMarked
package io.consort.runtime.model;

import org.jspecify.annotations.NullMarked;
