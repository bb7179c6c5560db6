/** Time series from QuestDB, over its PostgreSQL wire protocol. */
@NullMarked
package org.citystream.dashboard.series.questdb;

import org.jspecify.annotations.NullMarked;
