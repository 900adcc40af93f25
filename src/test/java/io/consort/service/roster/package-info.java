/** Experts that outlive revisions of their catalog. */
@NullMarked
package io.consort.service.roster;

import org.jspecify.annotations.NullMarked;
