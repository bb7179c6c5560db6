package org.citystream.stack.failure;

/** Something the user can do something about; the message says what, why and what to do. Exit code 1. */
public final class CityFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CityFailure(String what, String remedy) {
        super(what + System.lineSeparator() + "  what to do: " + remedy);
    }

    public CityFailure(String what, String remedy, Throwable cause) {
        super(what + System.lineSeparator() + "  what to do: " + remedy, cause);
    }
}
