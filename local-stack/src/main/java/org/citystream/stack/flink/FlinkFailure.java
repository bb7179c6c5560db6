package org.citystream.stack.flink;

import java.io.IOException;

/** Flink answered a request with a refusal. */
public final class FlinkFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    FlinkFailure(String request, int status, String answer) {
        super(FailureCause.of(answer) + " [" + request + ": HTTP " + status + "]");
        this.status = status;
    }

    public int status() {
        return status;
    }
}
