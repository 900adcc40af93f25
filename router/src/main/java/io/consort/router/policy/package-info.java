/** How a classification becomes a decision: pure functions of settings, catalog and classification. */
@NullMarked
package io.consort.router.policy;

import org.jspecify.annotations.NullMarked;
