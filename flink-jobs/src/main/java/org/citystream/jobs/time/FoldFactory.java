package org.citystream.jobs.time;

import java.io.Serializable;
import org.citystream.analytics.pane.PaneFold;
import org.citystream.analytics.place.SensorLog;
import org.citystream.analytics.rule.RuleBook;

/** Makes the fold of an operator over the registry and rules that the operator keeps up to date. */
public interface FoldFactory<S, U> extends Serializable {

    PaneFold<S, U> create(SensorLog sensors, RuleBook rules);
}
