/** The catalog file: experts, categories, map and policies as YAML, read with messages that name the line and the remedy. */
@NullMarked
package io.consort.experts.catalog;

import org.jspecify.annotations.NullMarked;
