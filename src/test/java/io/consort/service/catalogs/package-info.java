/** What is promised of catalogs that are kept. */
@NullMarked
package io.consort.service.catalogs;

import org.jspecify.annotations.NullMarked;
