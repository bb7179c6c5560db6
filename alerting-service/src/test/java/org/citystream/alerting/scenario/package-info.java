/** What people hear and when, told as stories on a virtual wall clock. */
package org.citystream.alerting.scenario;
