package org.citystream.simulator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadShapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "constant:rate=500                             | 10   | 5000",
                "ramp:from=0,to=100,over=PT10S                 | 5    | 125",
                "ramp:from=0,to=100,over=PT10S                 | 10   | 500",
                "ramp:from=0,to=100,over=PT10S                 | 12   | 700",
                "ramp:from=100,to=0,over=PT10S                 | 60   | 500",
                "burst:rate=10,peak=100,every=PT60S,for=PT6S   | 54   | 540",
                "burst:rate=10,peak=100,every=PT60S,for=PT6S   | 57   | 840",
                "burst:rate=10,peak=100,every=PT60S,for=PT6S   | 120  | 2280",
                "diurnal:low=10,high=30,day=PT100S             | 100  | 2000",
                "diurnal:low=10,high=30,day=PT100S             | 50   | 1000",
            })
    void soManyAreDueAfterSoManySeconds(String shape, double seconds, double due) {
        assertThat(LoadShape.parse(shape.strip()).due(seconds)).isCloseTo(due, within(1e-6));
    }

    @Test
    void aDayBeginsAtNight() {
        LoadShape day = LoadShape.parse("diurnal:low=10,high=30,day=PT100S");

        assertThat(day.due(1)).isCloseTo(10, within(0.1));
        assertThat(day.due(51) - day.due(50)).isCloseTo(30, within(0.1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flat:rate=1                               | there are constant, ramp, burst and diurnal",
                "constant                                  | 'rate' must be a number of readings a second",
                "constant:rate=-1                          | 'rate' must be a number",
                "constant:rate=many                        | 'rate' is no number: many",
                "constant:rate                             | 'rate' is not KEY=VALUE",
                "constant:rate=1,peak=2                    | unknown [peak], there are [rate]",
                "ramp:from=1,to=2,over=1m                  | 'over' is no duration: 1m",
                "ramp:from=1,to=2,over=PT0S                | 'over' must be above zero",
                "burst:rate=1,peak=2,every=PT1S,for=PT2S   | must not last longer than its period",
            })
    void whatIsNotUnderstoodIsSaid(String shape, String problem) {
        assertThatThrownBy(() -> LoadShape.parse(shape.strip()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem.strip());
    }

    @Test
    void theGateLetsPassWhatIsDueAndMakesUpForWhatWasHeldUp() {
        AtomicLong nanos = new AtomicLong(5);
        LoadGate gate = new LoadGate(LoadShape.parse("constant:rate=10"), nanos::get);

        assertThat(gate.tryPass()).isFalse();
        nanos.addAndGet(100_000_000);
        assertThat(gate.tryPass()).isTrue();
        assertThat(gate.tryPass()).isFalse();
        nanos.addAndGet(1_000_000_000);
        for (int i = 0; i < 10; i++) {
            assertThat(gate.tryPass()).as("reading %d", i).isTrue();
        }
        assertThat(gate.tryPass()).isFalse();
    }
}
