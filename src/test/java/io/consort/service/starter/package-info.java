/** What the shipped experts and their router get right on questions that none of them was trained on. */
@NullMarked
package io.consort.service.starter;

import org.jspecify.annotations.NullMarked;
