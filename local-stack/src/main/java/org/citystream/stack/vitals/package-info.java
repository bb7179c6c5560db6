/** Whether the processes of a stack stay as they are over a long time: heap, threads, open files, checkpoints. */
@NullMarked
package org.citystream.stack.vitals;

import org.jspecify.annotations.NullMarked;
