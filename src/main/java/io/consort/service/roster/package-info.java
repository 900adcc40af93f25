/** The experts of one catalog, opened and ready, with the router that chooses among them. */
@NullMarked
package io.consort.service.roster;

import org.jspecify.annotations.NullMarked;
