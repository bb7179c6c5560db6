CREATE TABLE IF NOT EXISTS 'traffic' (city SYMBOL, segment SYMBOL, corridor SYMBOL, flow_veh_h DOUBLE, speed_kmh DOUBLE, occupancy DOUBLE, density_veh_km_lane DOUBLE, speed_ratio DOUBLE, travel_time_index DOUBLE, planning_time_index DOUBLE, delay_veh_h DOUBLE, typical_speed_kmh DOUBLE, level_of_service VARCHAR, completeness DOUBLE, timestamp TIMESTAMP) TIMESTAMP(timestamp) PARTITION BY DAY WAL DEDUP UPSERT KEYS(timestamp, city, segment, corridor);

CREATE TABLE IF NOT EXISTS 'corridor' (city SYMBOL, corridor SYMBOL, travel_time_s DOUBLE, free_flow_travel_time_s DOUBLE, travel_time_index DOUBLE, planning_time_index DOUBLE, delay_veh_h DOUBLE, queued_m DOUBLE, completeness DOUBLE, timestamp TIMESTAMP) TIMESTAMP(timestamp) PARTITION BY DAY WAL DEDUP UPSERT KEYS(timestamp, city, corridor);

CREATE TABLE IF NOT EXISTS 'air' (city SYMBOL, station SYMBOL, setting SYMBOL, pm25 DOUBLE, pm10 DOUBLE, no2 DOUBLE, o3 DOUBLE, so2 DOUBLE, co DOUBLE, us_aqi DOUBLE, european_index DOUBLE, pm25_nowcast DOUBLE, pm10_nowcast DOUBLE, temperature_c DOUBLE, relative_humidity DOUBLE, wind_speed_ms DOUBLE, wind_direction_deg DOUBLE, completeness DOUBLE, timestamp TIMESTAMP) TIMESTAMP(timestamp) PARTITION BY DAY WAL DEDUP UPSERT KEYS(timestamp, city, station, setting);

CREATE TABLE IF NOT EXISTS 'sensor_health' (city SYMBOL, sensor SYMBOL, kind SYMBOL, trust DOUBLE, state VARCHAR, timestamp TIMESTAMP) TIMESTAMP(timestamp) PARTITION BY DAY WAL DEDUP UPSERT KEYS(timestamp, city, sensor, kind);

CREATE TABLE IF NOT EXISTS 'events' (city SYMBOL, kind SYMBOL, severity SYMBOL, subject SYMBOL, transition VARCHAR, value DOUBLE, timestamp TIMESTAMP) TIMESTAMP(timestamp) PARTITION BY DAY WAL DEDUP UPSERT KEYS(timestamp, city, kind, severity, subject);
