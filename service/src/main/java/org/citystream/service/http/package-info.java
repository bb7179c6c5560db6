/** What every HTTP interface of the product owes those who use it. */
@NullMarked
package org.citystream.service.http;

import org.jspecify.annotations.NullMarked;
