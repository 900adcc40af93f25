package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.TensorMap;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The instructions of a step of one sequence, of which each depends on the one before.
 *
 * @param kernel that knows them
 * @param maps of weights that the bulk copy engine brings in tiles
 * @param words of the exchange through which instructions give each other rows, a multiple of 4
 * @param endsWithRow whether the last one makes a row of numbers, of which one can be chosen
 */
record ProgramCode(
        String kernel,
        List<Instruction> instructions,
        IdentityHashMap<Instruction, TensorMap> maps,
        int words,
        boolean endsWithRow) {}
