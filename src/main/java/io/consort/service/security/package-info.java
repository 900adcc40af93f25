/** What keeps callers and tenants to what is theirs: closed addresses, limits of requests, tokens. */
@NullMarked
package io.consort.service.security;

import org.jspecify.annotations.NullMarked;
