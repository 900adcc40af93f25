/** The facts that every part of Consort shares: experts, categories and a tenant's catalog of them. */
@NullMarked
package io.consort.experts;

import org.jspecify.annotations.NullMarked;
