package org.citystream.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citystream.alerting.route.Routes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesFileTest {
    @TempDir
    Path directory;

    @Test
    void withoutAFileTheDefaultHolds() throws Exception {
        RoutesFile none = RoutesFile.open(null);
        none.refresh();

        assertThat(none.get()).isEqualTo(Routes.DEFAULT);
        assertThat(none.problem()).isEmpty();
    }

    @Test
    void whatIsBrokenAtTheStartIsRefused() throws Exception {
        Path path = write("route: {}");

        assertThatThrownBy(() -> RoutesFile.open(path)).hasMessageContaining("route.receiver: is required");
    }

    @Test
    void itIsTakenAnewWhenItHasChangedAndABrokenOneLeavesTheLastInForce() throws Exception {
        Path path = write("route: {receiver: first}");
        RoutesFile file = RoutesFile.open(path);

        write("route: {receiver: second}");
        file.refresh();
        assertThat(file.get().root().receiver()).isEqualTo("second");

        write("route: {recevier: third}");
        file.refresh();
        assertThat(file.get().root().receiver()).isEqualTo("second");
        assertThat(file.problem().orElseThrow()).contains("routes.yaml").contains("route.recevier");

        Files.delete(path);
        file.refresh();
        assertThat(file.get().root().receiver()).isEqualTo("second");
        assertThat(file.problem().orElseThrow()).contains("cannot be read");

        write("route: {receiver: second}");
        file.refresh();
        assertThat(file.get().root().receiver()).isEqualTo("second");
        assertThat(file.problem()).isEmpty();
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("routes.yaml"), yaml);
    }
}
