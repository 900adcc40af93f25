package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.TensorMap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * How a program lies in device memory: instructions, tensor maps, choices, what blocks say of them, counters of
 * launches, and two exchanges, of which every other launch uses the same one. Instructions of several steps take
 * turns; each waits for rows of its own step alone, while others compute.
 *
 * @param steps of the same number of instructions
 * @param blocks that run it
 */
record ProgramImage(List<ProgramStep> steps, int blocks) {

    private static final int WEIGHTS_AT = 32;
    private static final int FIRST_BLOCK_AT = 36;
    private static final int BEST_AT = 104;
    private static final int CHOICE_BYTES = 32;
    private static final int LINE = 64;
    private static final int EXCHANGES = 2;
    private static final byte ABSENT = -1;

    int count() {
        return steps.stream().mapToInt(step -> step.code().instructions().size()).sum();
    }

    int choices() {
        return (int) steps.stream().filter(step -> step.choice().isPresent()).count();
    }

    long choicesAt() {
        int maps = steps.stream().mapToInt(step -> step.code().maps().size()).sum();
        return (long) Instruction.BYTES * count() + (long) TensorMap.BYTES * maps;
    }

    /** Counters of launches, zero at first. */
    long roundsAt() {
        long bests = (long) Long.BYTES * blocks * choices();
        return Math.ceilDiv(bestsAt() + bests, LINE) * (long) LINE;
    }

    /** Two exchanges, of which all bytes are {@code 0xff} at first. */
    long exchangeAt() {
        return roundsAt() + 2 * LINE;
    }

    /** How large an exchange is. */
    int words() {
        return steps.stream().mapToInt(step -> step.code().words()).sum();
    }

    long bytes() {
        return exchangeAt() + (long) EXCHANGES * Integer.BYTES * words();
    }

    private long bestsAt() {
        return choicesAt() + (long) CHOICE_BYTES * choices();
    }

    /**
     * Writes everything as it will lie at an address of the device.
     *
     * @param image zeros
     */
    void write(MemorySegment image, long address) {
        int rounds = steps.getFirst().code().instructions().size();
        int[] firstWords = firstWords();
        int at = 0;
        int attending = 0;
        long map = (long) Instruction.BYTES * count();
        for (int round = 0; round < rounds; round++) {
            for (int step = 0; step < steps.size(); step++) {
                ProgramCode code = steps.get(step).code();
                Instruction instruction = code.instructions().get(round);
                long offset = (long) Instruction.BYTES * at++;
                instruction.copyTo(image, offset, firstWords[step]);
                TensorMap weights = code.maps().get(instruction);
                if (weights != null) {
                    weights.copyTo(image, map);
                    image.set(ValueLayout.JAVA_LONG, offset + WEIGHTS_AT, address + map);
                    map += TensorMap.BYTES;
                }
                if (instruction.attends() && steps.size() > 1) {
                    image.set(ValueLayout.JAVA_INT, offset + FIRST_BLOCK_AT, attending % blocks);
                    attending += instruction.units();
                }
            }
        }
        writeChoices(image, address);
        image.asSlice(exchangeAt()).fill(ABSENT);
    }

    private int[] firstWords() {
        int[] first = new int[steps.size()];
        for (int step = 1; step < first.length; step++) {
            first[step] = first[step - 1] + steps.get(step - 1).code().words();
        }
        return first;
    }

    private void writeChoices(MemorySegment image, long address) {
        int number = 0;
        int last = count() - steps.size();
        for (int step = 0; step < steps.size(); step++) {
            if (steps.get(step).choice().isPresent()) {
                ProgramStep.Choice choice = steps.get(step).choice().get();
                long best = address + bestsAt() + (long) Long.BYTES * blocks * number;
                long offset = (long) Instruction.BYTES * (last + step);
                image.set(ValueLayout.JAVA_LONG, offset + BEST_AT, best);
                long at = choicesAt() + (long) CHOICE_BYTES * number++;
                image.set(ValueLayout.JAVA_LONG, at, best);
                image.set(ValueLayout.JAVA_LONG, at + 8, choice.chosen());
                image.set(ValueLayout.JAVA_LONG, at + 16, choice.token());
                image.set(ValueLayout.JAVA_LONG, at + 24, choice.position());
            }
        }
    }
}
