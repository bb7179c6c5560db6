package org.citystream.stack.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("/data"), "permission denied"),
                Arguments.of(new MalformedInputException(1), "it is not UTF-8"),
                Arguments.of(new NoSuchFileException("/data"), "there is no such file or directory"),
                Arguments.of(new FileSystemException("/data", null, "Not a directory"), "Not a directory"),
                Arguments.of(new ConnectException(), "nothing listens there"),
                Arguments.of(new HttpTimeoutException("request timed out"), "no answer in time"),
                Arguments.of(new IOException("No space left on device"), "No space left on device"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void peopleReadWordsAndNoClasses(IOException failure, String reason) {
        assertThat(Reason.of(failure)).isEqualTo(reason);
    }
}
