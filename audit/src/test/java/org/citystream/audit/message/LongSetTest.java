package org.citystream.audit.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongSetTest {
    @Test
    void itIsASet() {
        Random random = new Random(1);
        LongSet set = new LongSet();
        Set<Long> model = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            long value = random.nextInt(4) == 0 ? random.nextInt(1_000) : random.nextLong();
            assertThat(set.contains(value)).isEqualTo(model.contains(value));
            assertThat(set.add(value)).isEqualTo(model.add(value));
        }
    }
}
