package org.citystream.stack.failure;

/** Something the user can do something about; the message says what, why and what to do. Exit code 1. */
public final class CityFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    public CityFailure(String what, String remedy) {
        super(message(what, remedy));
        this.what = what;
    }

    public CityFailure(String what, String remedy, Throwable cause) {
        super(message(what, remedy), cause);
        this.what = what;
    }

    private static String message(String what, String remedy) {
        return what + System.lineSeparator() + "  what to do: " + remedy;
    }

    /** The message without what to do. */
    public String what() {
        return what;
    }
}
