/** Tests of the packaged service as a process of its own: how it ends and what it leaves. */
@NullMarked
package io.consort.service.process;

import org.jspecify.annotations.NullMarked;
