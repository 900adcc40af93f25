/** What the API's tests play on: a server that stands for remote experts, a catalog of it, a client. */
@NullMarked
package io.consort.service.stage;

import org.jspecify.annotations.NullMarked;
