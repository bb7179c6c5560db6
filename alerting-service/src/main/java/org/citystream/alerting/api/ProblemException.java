package org.citystream.alerting.api;

import java.util.List;

/** A request that cannot be fulfilled; becomes an RFC 9457 problem document. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<FieldProblem> errors;

    /** What is wrong with one part of the request. */
    record FieldProblem(String path, String reason) {}

    ProblemException(int status, String detail) {
        this(status, detail, List.of());
    }

    ProblemException(int status, String detail, List<FieldProblem> errors) {
        super(detail);
        this.status = status;
        this.errors = errors;
    }

    static ProblemException notFound(String what, String id) {
        return new ProblemException(404, "there is no " + what + " '" + id + "'");
    }

    static ProblemException invalid(String path, String reason) {
        return new ProblemException(
                422, path.isEmpty() ? reason : path + ": " + reason, List.of(new FieldProblem(path, reason)));
    }

    int status() {
        return status;
    }

    List<FieldProblem> errors() {
        return errors;
    }
}
