/** Ledgers of sent messages (docs/verify.md): append-only, readable whatever became of the process that wrote them. */
@NullMarked
package org.citystream.ledger;

import org.jspecify.annotations.NullMarked;
