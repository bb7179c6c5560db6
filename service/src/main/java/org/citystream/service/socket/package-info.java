/** Sockets for clients of brokers: encrypted by PEM files, without delay. */
@NullMarked
package org.citystream.service.socket;

import org.jspecify.annotations.NullMarked;
