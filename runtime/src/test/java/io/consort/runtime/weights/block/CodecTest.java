package io.consort.runtime.weights.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.weights.DType;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CodecTest {

    /** Root of the mean squared error of normal values; the best possible with so many bits is near. */
    @ParameterizedTest
    @CsvSource({
        "F32, 0",
        "F16, 3e-4",
        "BF16, 3e-3",
        "Q8_0, 8e-3",
        "Q6_K, 0.025",
        "Q4_K, 0.085",
        "Q4_0, 0.1"
    })
    void roundingLosesNoMoreThanTheBitsOfTheFormat(DType type, double most) {
        float[] values = normal(4096, 1);
        double sum = 0;
        float[] rounded = rounded(type, values);
        for (int i = 0; i < values.length; i++) {
            sum += Math.pow(rounded[i] - values[i], 2);
        }
        assertThat(Math.sqrt(sum / values.length)).isBetween(most / 2, most + 1e-30);
    }

    @ParameterizedTest
    @EnumSource(names = {"Q8_0", "Q4_0", "Q4_K", "Q6_K", "F16", "BF16", "F32"})
    void zerosStayZero(DType type) {
        for (float value : rounded(type, new float[512])) {
            assertThat(Math.abs(value)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"Q8_0", "Q4_0", "F16", "BF16", "F32"})
    void whatTheFormatHoldsComesBackAsItIs(DType type) {
        float[] once = rounded(type, normal(4096, 2));
        assertThat(rounded(type, once)).containsExactly(once);
    }

    @Test
    void eightBitsAreAScaleAndBytes() {
        byte[] block = new byte[34];
        half(block, 0, 0.5f);
        block[2] = -128;
        block[33] = 3;
        float[] values = decoded(new Q80(), block);
        assertThat(values[0]).isEqualTo(-64);
        assertThat(values[1]).isZero();
        assertThat(values[31]).isEqualTo(1.5f);
    }

    @Test
    void fourBitsAreLowHalvesThenHighHalves() {
        byte[] block = new byte[18];
        half(block, 0, -2);
        block[2] = (byte) 0xF0;
        block[17] = (byte) 0x9A;
        float[] values = decoded(new Q40(), block);
        assertThat(values[0]).isEqualTo(16);
        assertThat(values[16]).isEqualTo(-14);
        assertThat(values[15]).isEqualTo(-4);
        assertThat(values[31]).isEqualTo(-2);
    }

    @Test
    void groupsOfFourBitsHaveScalesAndMinimaOfSixBits() {
        byte[] block = new byte[144];
        half(block, 0, 1);
        half(block, 2, 0.5f);
        block[4] = (byte) ((0b10 << 6) | 33); // group 0: scale 33; group 4: high scale bits 10
        block[8] = (byte) ((0b01 << 6) | 12); // group 0: minimum 12; group 4: high minimum bits 01
        block[12] = (byte) ((0x7 << 4) | 0x5); // group 4: low minimum bits 7, low scale bits 5
        block[16] = 0x32; // value 0 is 2, value 32 is 3
        block[16 + 64] = 0x01; // value 128 is 1
        float[] values = decoded(new Q4K(), block);
        assertThat(values[0]).isEqualTo(33 * 2 - 0.5f * 12);
        assertThat(values[1]).isEqualTo(-0.5f * 12);
        assertThat(values[32]).isZero();
        assertThat(values[128]).isEqualTo(((0b10 << 4) | 5) - 0.5f * ((0b01 << 4) | 7));
    }

    @Test
    void groupsOfSixBitsHaveSignedScales() {
        byte[] block = new byte[210];
        half(block, 208, 0.25f);
        block[192] = -3;
        block[192 + 12] = 4;
        block[0] = 0x0B;
        block[128] = 0b10;
        block[64 + 1] = (byte) 0xC0; // value 128 + 64 + 1: low bits 12
        block[160 + 1] = 0b11 << 4;
        float[] values = decoded(new Q6K(), block);
        assertThat(values[0]).isEqualTo(0.25f * -3 * (((0b10 << 4) | 0x0B) - 32));
        assertThat(values[193]).isEqualTo(0.25f * 4 * (((0b11 << 4) | 12) - 32));
    }

    private static void half(byte[] block, int at, float value) {
        short half = Float.floatToFloat16(value);
        block[at] = (byte) half;
        block[at + 1] = (byte) (half >> 8);
    }

    private static float[] decoded(Codec codec, byte[] block) {
        assertThat(block).hasSize(codec.bytes());
        float[] values = new float[codec.size()];
        codec.decode(MemorySegment.ofArray(block), 0, values, 0);
        return values;
    }

    private static float[] rounded(DType type, float[] values) {
        Codec codec = type.codec().orElseThrow();
        MemorySegment bytes = MemorySegment.ofArray(new byte[(int) type.bytes(values.length)]);
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i += codec.size()) {
            codec.encode(values, i, bytes, type.bytes(i));
            codec.decode(bytes, type.bytes(i), rounded, i);
        }
        return rounded;
    }

    private static float[] normal(int size, long seed) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
