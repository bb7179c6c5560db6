package org.citystream.simulator.fault;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Payloads are damaged, in ways that were seen in the field. */
final class Malformed implements Fault {
    private static final int WAYS = 9;

    private final FaultSettings settings;

    Malformed(FaultSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<Transmission> inForce(Transmission message, Window window) {
        if (!settings.strikes(message)) {
            return List.of(message);
        }
        int way = (int) (settings.uniform(message, 1) * WAYS);
        return List.of(message.damagedTo(damaged(message.report(), way)));
    }

    private static byte[] damaged(Report report, int way) {
        String json = new String(report.payload(), StandardCharsets.UTF_8);
        String damaged = switch (way) {
            case 0 -> json.substring(0, json.length() * 2 / 3);
            case 1 -> json.replaceFirst("\"observedAt\":\"[^\"]*\"", "\"observedAt\":\"yesterday\"");
            case 2 -> json.replaceFirst("\"sensorId\":\"[^\"]*\",", "");
            case 3 -> "";
            case 4 -> json + json;
            case 5 -> json.replace('"', '\'');
            case 6 -> json.replace("{", "{\"vehicleCount\":NaN,\"pm25UgM3\":NaN,");
            case 7 -> "AT+CSQ\r\n+CSQ: 9,99\r\nOK\r\n";
            default -> "\u0000" + json;
        };
        return damaged.getBytes(way == 5 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    }
}
