/** Catalogs that are kept: as documents with revisions, whose secrets are sealed. */
@NullMarked
package io.consort.service.catalogs;

import org.jspecify.annotations.NullMarked;
