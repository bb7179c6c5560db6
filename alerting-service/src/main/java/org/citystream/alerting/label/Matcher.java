package org.citystream.alerting.label;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A condition on one label, as Alertmanager writes it: {@code team="traffic"}, {@code severity=~"severe|extreme"}.
 * Regular expressions must match the whole value; a label that is not there has the empty value.
 */
public final class Matcher {
    private static final int MAX_LENGTH = 1024;
    private static final Pattern FORM =
            Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_.-]*?)\\s*(=~|!~|!=|=)\\s*(.*?)\\s*", Pattern.DOTALL);

    /** How the value is compared. */
    public enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LIKE("=~"),
        NOT_LIKE("!~");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        private static Operator ofSign(String sign) {
            return List.of(values()).stream()
                    .filter(operator -> operator.sign.equals(sign))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private final String name;
    private final Operator operator;
    private final String value;
    private final Pattern pattern;

    private Matcher(String name, Operator operator, String value) {
        this.name = name;
        this.operator = operator;
        this.value = value;
        boolean literal = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        this.pattern = literal ? Pattern.compile(value, Pattern.LITERAL) : Pattern.compile(value);
    }

    /**
     * Reads {@code name OP value}; the value may stand in double quotes.
     *
     * @throws IllegalArgumentException if it is not a matcher; says why
     */
    public static Matcher parse(String text) {
        java.util.regex.Matcher form = FORM.matcher(text);
        if (text.length() > MAX_LENGTH || !form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a matcher such as severity=~\"severe|extreme\"");
        }
        try {
            return new Matcher(form.group(1), Operator.ofSign(form.group(2)), unquoted(form.group(3)));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getDescription(), e);
        }
    }

    private static String unquoted(String value) {
        boolean opened = value.startsWith("\"");
        boolean closed = value.length() > 1 && value.endsWith("\"");
        if (opened != closed) {
            throw new IllegalArgumentException(value + ": a quote is not closed");
        }
        return opened
                ? value.substring(1, value.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
                : value;
    }

    public String name() {
        return name;
    }

    public boolean matches(LabelSet labels) {
        boolean same = pattern.matcher(labels.get(name)).matches();
        return same == (operator == Operator.EQUAL || operator == Operator.LIKE);
    }

    @Override
    public String toString() {
        return name + operator.sign + "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
