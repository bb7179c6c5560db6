#!/usr/bin/env bash
# Where a scanner that follows links begins, since answers in JSON have none: every GET of the alerting API, as its document has
# them, and of the dashboard, with names that are in the running stack. Needs curl and jq; an alert and a webhook that was tested.
#
#   sweep-urls.sh ALERTING DASHBOARD      writes api.txt and page.txt
set -euo pipefail
api="$1" page="$2"
from=$(date -u -d '-1 hour' +%FT%TZ) to=$(date -u +%FT%TZ)
first() { curl -s "$1" | jq -r "$2"; }
alert=$(first "$api/api/v1/alerts?limit=1" .items[0].alertId)
webhook=$(first "$api/api/v1/webhooks" .items[0].id)
delivery=$(first "$api/api/v1/webhooks/$webhook/deliveries" .items[0].id)
sensor=$(first "$page/api/v1/sensors" '.features[] | select(.properties.corridorId) | .id')
sensor=${sensor%%$'\n'*} segment=${sensor#loop-} corridor=${segment%-*}
curl -s "$api/openapi.json" | jq -r --arg api "$api" --arg alert "$alert" --arg webhook "$webhook" --arg delivery "$delivery" --arg from "$from" --arg to "$to" '
  . as $all
  | def whole: if type == "object" and has("$ref") then (.["$ref"] | ltrimstr("#/") | split("/")) as $path | $all | getpath($path) | whole else . end;
    def value: whole | if .enum then .enum[0] elif .type == "array" then (.items | value) elif .format == "date-time" then $from elif .type == "integer" then 5 else "x" end;
    .paths | to_entries[] | select(.value.get and (.key | endswith("/alerts/live") | not))
  | ([.value.parameters[]?, .value.get.parameters[]?] | map(whole)) as $parameters
  | $api + (.key | sub("alerts/{id}"; "alerts/" + $alert) | sub("deliveries/{id}"; "deliveries/" + $delivery) | sub("{id}"; $webhook)) + "?"
    + ($parameters | map(select(.in == "query" and .name != "cursor") | .name + "=" + (if .name == "to" then $to else .schema | value | tostring end)) | join("&"))' | sed 's/?$//' > api.txt
cat > page.txt <<U
$page/
$page/api/v1/sensors
$page/api/v1/sensors/$sensor/readings
$page/api/v1/series?measurement=traffic&field=speed_kmh&subject=$segment&from=$from&to=$to&step=PT5M
$page/api/v1/corridors/$corridor/series?field=speed_kmh&from=$from&to=$to&step=PT5M
$page/api/v1/snapshot?at=$from
$page/api/v1/episodes?from=$from&to=$to&corridor=$corridor&subject=$segment
$page/api/v1/clock
$page/api/v1/settings
$page/api/v1/system
$page/api/v1/alerts?state=firing&severity=severe&kind=congestion&city=lindholm&subject=$segment&from=$from&to=$to&mode=active&limit=5
$page/api/v1/alerts/$alert
$page/api/v1/rules
$page/api/v1/silences
$page/api/v1/webhooks
$page/api/v1/webhooks/$webhook/deliveries?alert=$alert&limit=5
$page/lib/uPlot.js
$page/tables/us-aqi-2024.csv
U
