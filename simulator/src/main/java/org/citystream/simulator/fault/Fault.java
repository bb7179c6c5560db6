package org.citystream.simulator.fault;

import java.util.List;

/**
 * What is wrong with one sensor. It sees everything the sensor says from the beginning of the run on, in order, so that
 * it may remember; what it remembers follows from the run alone.
 */
interface Fault {
    /** What becomes of a message while the fault is in force; each goes out at or after the message's own time. */
    List<Transmission> inForce(Transmission message, Window window);

    /** What becomes of a message after a window has passed and before the next. */
    default List<Transmission> afterwards(Transmission message, Window past) {
        return List.of(message);
    }
}
