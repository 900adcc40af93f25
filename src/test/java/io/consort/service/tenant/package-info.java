/** Tests of tenants at work: what is replaced, what stays open, and who hears of it. */
@NullMarked
package io.consort.service.tenant;

import org.jspecify.annotations.NullMarked;
