/** The rules that policies decide by, the same where they serve and where they are evaluated; pure. */
@NullMarked
package io.consort.router.rule;

import org.jspecify.annotations.NullMarked;
