package org.citystream.analytics.pane;

/** What became of a reading: readings in = counted + duplicate + late. */
public enum Intake {
    COUNTED,
    DUPLICATE,
    /** It reaches behind the snapshot, where nothing can be corrected any more. */
    BEHIND_SNAPSHOT
}
