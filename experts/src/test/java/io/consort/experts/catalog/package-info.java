/** Catalog files, good and bad. */
@NullMarked
package io.consort.experts.catalog;

import org.jspecify.annotations.NullMarked;
