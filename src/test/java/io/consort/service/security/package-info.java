/** Tests of what keeps callers and tenants to what is theirs. */
@NullMarked
package io.consort.service.security;

import org.jspecify.annotations.NullMarked;
