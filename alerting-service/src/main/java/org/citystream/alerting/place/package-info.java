/** Where the subject of an alert lies: corridor, district, sensors, position. */
@NullMarked
package org.citystream.alerting.place;

import org.jspecify.annotations.NullMarked;
