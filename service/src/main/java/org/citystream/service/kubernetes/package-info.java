/** What a deployment on Kubernetes has to do with its API server. */
@NullMarked
package org.citystream.service.kubernetes;

import org.jspecify.annotations.NullMarked;
