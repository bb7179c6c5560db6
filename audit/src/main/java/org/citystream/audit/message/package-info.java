/** What became of each message of a ledger. Pure, and in bounded memory. */
@NullMarked
package org.citystream.audit.message;

import org.jspecify.annotations.NullMarked;
