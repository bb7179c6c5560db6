package org.citystream.model.unit;

import java.math.BigDecimal;
import java.math.MathContext;

/** Temperature (at 101.325 kPa) that a mass concentration of a gas is stated for; mixing ratios do not depend on it. */
public enum ReferenceTemperature {
    /** China before September 2018 (GB 3095-2012), tables of New South Wales. */
    CELSIUS_0("273.15"),
    /** EU and UK (2008/50/EC Annex VI), and every record of this product. */
    CELSIUS_20("293.15"),
    /** US EPA, WHO, China since September 2018. */
    CELSIUS_25("298.15");

    private final BigDecimal kelvin;

    ReferenceTemperature(String kelvin) {
        this.kelvin = new BigDecimal(kelvin);
    }

    /** The same in kelvin. */
    public BigDecimal kelvin() {
        return kelvin;
    }

    /** The mass concentration {@code value}, stated at this temperature, as stated at another. */
    public BigDecimal restate(BigDecimal value, ReferenceTemperature other) {
        return value.multiply(kelvin).divide(other.kelvin, MathContext.DECIMAL64);
    }
}
