/** What outlives the process: the data folder, keys, decisions with their outcomes, feedback. */
@NullMarked
package io.consort.service.store;

import org.jspecify.annotations.NullMarked;
