/** Teaching the router: added examples, training in the background, versions that go live at once. */
@NullMarked
package io.consort.service.training;

import org.jspecify.annotations.NullMarked;
