package io.consort.runtime.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.backend.cuda.ThinProducts.Way;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinProductsTest {

    private static final int PROCESSORS = 132;

    @ParameterizedTest
    @CsvSource({
        "6144,4096,false,4,96,16,4",
        "4096,4096,false,4,128,16,5",
        "28672,4096,true,1,112,64,5",
        "4096,14336,false,4,128,56,3",
        "128256,4096,false,1,128,64,5",
        "34000,64,false,1,128,1,1",
        "2048,2048,false,4,64,8,5",
        "16384,2048,true,1,128,32,5"
    })
    void blocksAreSharedOutSoThatTheyFillTheDevice(
            int out, int in, boolean gated, int cluster, int height, int steps, int stages) {
        assertThat(Way.of(out, in, gated, PROCESSORS))
                .contains(new Way(cluster, height, steps, stages));
    }

    @ParameterizedTest
    @CsvSource({
        "512,512,false", // fills a fourteenth of the device
        "4608,3584,false", // a third of its blocks would have to wait
        "6144,4160,false", // a sum that four blocks cannot share
        "4096,4112,true", // a sum that is not made of steps
        "34001,4096,false" // outputs that are not made of fours
    })
    void otherShapesAreLeftToOthers(int out, int in, boolean gated) {
        assertThat(Way.of(out, in, gated, PROCESSORS)).isEmpty();
    }
}
