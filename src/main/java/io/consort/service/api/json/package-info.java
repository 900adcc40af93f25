/** JSON in and out without trees: checked reading that names the field, and writing into bytes. */
@NullMarked
package io.consort.service.api.json;

import org.jspecify.annotations.NullMarked;
