package org.citystream.analytics.threshold;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citystream.analytics.pane.Identity;
import org.citystream.analytics.pane.VarInt;
import org.citystream.model.rule.Condition;
import org.citystream.model.rule.Rule;
import org.jspecify.annotations.Nullable;

/**
 * What the threshold rules of one subject look back on; part of a fold's state, and a function of its panes and rules, so
 * that late data correct it by folding again. Each rule has a window of its own, which begins anew when the rule is
 * switched on or its condition changes. Immutable; about five bytes a value, and at most 180 values (traffic) or 48 (air)
 * a rule.
 */
public final class Windows {
    /** No rule of this kind. */
    public static final Windows NONE = new Windows(new TreeMap<>());

    private final TreeMap<String, Window> byRule;

    private Windows(TreeMap<String, Window> byRule) {
        this.byRule = byRule;
    }

    /** A pane's value of each metric. */
    @FunctionalInterface
    public interface Values {

        /** Null: not measured. */
        @Nullable Double of(String metric);
    }

    /**
     * Takes one pane in.
     *
     * @param rules those that decide about this pane; the windows of all others are forgotten
     */
    public Windows next(List<Rule> rules, Instant paneStart, Instant paneEnd, Values values) {
        TreeMap<String, Window> next = new TreeMap<>();
        for (Rule rule : rules) {
            if (rule.condition() instanceof Condition.Threshold condition) {
                long oldest = paneEnd.minus(condition.window()).toEpochMilli();
                Window window = window(rule, condition).from(oldest);
                Double value = values.of(condition.metric());
                next.put(rule.id(), value == null ? window : window.with(paneStart.toEpochMilli(), value));
            }
        }
        return next.isEmpty() ? NONE : new Windows(next);
    }

    private Window window(Rule rule, Condition.Threshold condition) {
        Window known = byRule.get(rule.id());
        if (known != null && known.version() == rule.version()) {
            return known;
        }
        long key = Identity.bootKey(condition.toString());
        return known != null && known.conditionKey() == key
                ? known.under(rule.version())
                : Window.empty(rule.version(), key);
    }

    @Nullable Window of(Rule rule) {
        return byRule.get(rule.id());
    }

    public void write(DataOutput out) throws IOException {
        VarInt.write(out, byRule.size());
        for (Map.Entry<String, Window> entry : byRule.entrySet()) {
            out.writeUTF(entry.getKey());
            entry.getValue().write(out);
        }
    }

    public static Windows read(DataInput in) throws IOException {
        int size = (int) VarInt.read(in);
        if (size == 0) {
            return NONE;
        }
        TreeMap<String, Window> byRule = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            byRule.put(in.readUTF(), Window.read(in));
        }
        return new Windows(byRule);
    }
}
