{{- define "citystream.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 27 | trimSuffix "-" }}
{{- end }}

{{- /* Short: a FlinkDeployment may have 45 characters, and the longest of our suffixes has 18. */}}
{{- define "citystream.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 27 | trimSuffix "-" }}
{{- else if contains (include "citystream.name" .) .Release.Name }}
{{- .Release.Name | trunc 27 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "citystream.name" .) | trunc 27 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- /* Arguments: root, component. */}}
{{- define "citystream.selectorLabels" -}}
app.kubernetes.io/name: {{ include "citystream.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "citystream.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{ include "citystream.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/part-of: citystream
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "citystream.metadata" -}}
name: {{ include "citystream.fullname" .root }}-{{ .component }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "citystream.labels" . | nindent 2 }}
{{- end }}

{{- /* Arguments: root, image. */}}
{{- define "citystream.image" -}}
{{- $images := .root.Values.images }}
{{- $repository := .image.repository }}
{{- if $images.registry }}
{{- $repository = printf "%s/%s" (trimSuffix "/" $images.registry) $repository }}
{{- end }}
{{- if .image.digest }}
{{- printf "%s@%s" $repository .image.digest }}
{{- else }}
{{- printf "%s:%s" $repository (.image.tag | default $images.tag | default .root.Chart.AppVersion) }}
{{- end }}
{{- end }}

{{- define "citystream.pullSecrets" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* Pod Security "restricted". Arguments: the user's number. */}}
{{- define "citystream.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "citystream.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end }}

{{- /* Where pods of a component may not all end up together. Arguments: root, component. */}}
{{- define "citystream.spread" -}}
- maxSkew: 1
  topologyKey: topology.kubernetes.io/zone
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "citystream.selectorLabels" . | nindent 6 }}
- maxSkew: 1
  topologyKey: kubernetes.io/hostname
  whenUnsatisfiable: ScheduleAnyway
  labelSelector:
    matchLabels:
      {{- include "citystream.selectorLabels" . | nindent 6 }}
{{- end }}

{{- define "citystream.placement" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /*
Ports of an address, as a JSON list. Arguments: address ([SCHEME://]HOST[:PORT],...[/...]), fallback (the port of a host that
names none).
*/}}
{{- define "citystream.ports" -}}
{{- $ports := list }}
{{- range splitList "," (regexReplaceAll "[/?].*$" (regexReplaceAll "^[^/]*://" .address "") "") }}
{{- $ports = append $ports (regexFind ":[0-9]+$" . | trimPrefix ":" | default ($.fallback | toString) | int) }}
{{- end }}
{{- toJson ($ports | uniq) }}
{{- end }}

{{- /* The port that an http address means when it says none. */}}
{{- define "citystream.httpPort" -}}
{{- hasPrefix "https:" . | ternary 443 80 }}
{{- end }}

{{- /* Ports of Kafka's brokers, as a JSON list. */}}
{{- define "citystream.kafkaPorts" -}}
{{- $named := fromJsonArray (include "citystream.ports" (dict "address" .Values.kafka.bootstrapServers "fallback" 9092)) }}
{{- concat $named .Values.kafka.morePorts | uniq | toJson }}
{{- end }}

{{- /* One rule of a network policy: these ports, at these peers or anywhere. Arguments: ports, peers. */}}
{{- define "citystream.egress" -}}
- ports:
    {{- range .ports }}
    - {protocol: TCP, port: {{ . | int }}}
    {{- end }}
  {{- with .peers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- /* Where people reach the dashboard; empty: nobody has said. */}}
{{- define "citystream.dashboardUrl" -}}
{{- $dashboard := .Values.dashboard }}
{{- if $dashboard.publicUrl }}
{{- $dashboard.publicUrl }}
{{- else if and $dashboard.enabled $dashboard.ingress.enabled }}
{{- printf "%s://%s" (empty $dashboard.ingress.tlsSecret | ternary "http" "https") $dashboard.ingress.host }}
{{- end }}
{{- end }}

{{- /* Pods of hooks: never with a sidecar, since a sidecar that stays keeps them from ending. */}}
{{- define "citystream.hookMetadata" -}}
labels:
  {{- include "citystream.labels" . | nindent 2 }}
  sidecar.istio.io/inject: "false"
annotations:
  linkerd.io/inject: disabled
  {{- with .root.Values.hooks.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- /* A map of settings as a Java properties file. */}}
{{- define "citystream.properties" -}}
{{- range $key, $value := . }}
{{- $text := kindIs "string" $value | ternary $value (toJson $value) }}
{{ $key }}={{ $text | replace "\\" "\\\\" | replace "\n" "\\n" }}
{{- end }}
{{- end }}

{{- /* Whether Kafka asks for a user. */}}
{{- define "citystream.kafkaHasUsers" -}}
{{- if hasPrefix "SASL" .Values.kafka.securityProtocol }}yes{{- end }}
{{- end }}

{{- /* What a component has of its own at Kafka, else what all have: user, existingSecret. As YAML. Arguments: root, component. */}}
{{- define "citystream.kafkaIdentity" -}}
{{- $own := index .root.Values.kafka.users (hasSuffix "-job" .component | ternary "flink" .component) | default dict }}
user: {{ $own.user | default .root.Values.kafka.user | quote }}
existingSecret: {{ $own.existingSecret | default .root.Values.kafka.existingSecret | quote }}
{{- end }}

{{- /* The secret of a component for Kafka; empty: none. Arguments: root, component. */}}
{{- define "citystream.kafkaSecret" -}}
{{- (fromYaml (include "citystream.kafkaIdentity" .)).existingSecret }}
{{- end }}

{{- /* The kafka- settings of a component, as YAML. Arguments: root, component. */}}
{{- define "citystream.kafkaSettings" -}}
{{- $kafka := .root.Values.kafka }}
kafka-bootstrap-servers: {{ $kafka.bootstrapServers | quote }}
kafka-security-protocol: {{ $kafka.securityProtocol }}
{{- if include "citystream.kafkaHasUsers" .root }}
kafka-sasl-mechanism: {{ $kafka.saslMechanism }}
kafka-user: {{ (fromYaml (include "citystream.kafkaIdentity" .)).user | quote }}
kafka-password-file: /etc/citystream/kafka/{{ $kafka.passwordKey }}
{{- end }}
{{- with $kafka.caKey }}
kafka-ca-file: /etc/citystream/kafka/{{ . }}
{{- end }}
{{- with $kafka.certificateKey }}
kafka-certificate-file: /etc/citystream/kafka/{{ . }}
{{- end }}
{{- with $kafka.keyKey }}
kafka-key-file: /etc/citystream/kafka/{{ . }}
{{- end }}
{{- end }}

{{- /* The mqtt- settings that gateway and simulator share, as YAML. */}}
{{- define "citystream.mqttSettings" -}}
{{- $mqtt := .Values.mqtt }}
mqtt-url: {{ $mqtt.url | quote }}
{{- if $mqtt.user }}
mqtt-user: {{ $mqtt.user | quote }}
mqtt-password-file: /etc/citystream/mqtt/{{ $mqtt.passwordKey }}
{{- end }}
{{- with $mqtt.caKey }}
mqtt-ca-file: /etc/citystream/mqtt/{{ . }}
{{- end }}
{{- end }}

{{- /* A secret as a volume. Arguments: name, secret (empty: none). */}}
{{- define "citystream.secretVolume" -}}
{{- if .secret }}
- name: {{ .name }}
  secret:
    secretName: {{ .secret }}
    defaultMode: 0440
{{- end }}
{{- end }}

{{- define "citystream.secretMount" -}}
{{- if .secret }}
- name: {{ .name }}
  mountPath: /etc/citystream/{{ .name }}
  readOnly: true
{{- end }}
{{- end }}

{{- /* Volumes of every service. Arguments: root, component. */}}
{{- define "citystream.volumes" -}}
- name: tmp
  emptyDir: {}
- name: config
  configMap:
    name: {{ include "citystream.fullname" .root }}-{{ .component }}
{{- include "citystream.secretVolume" (dict "name" "kafka" "secret" (include "citystream.kafkaSecret" .)) }}
{{- end }}

{{- define "citystream.mounts" -}}
- name: tmp
  mountPath: /tmp
- name: config
  mountPath: /etc/citystream/config
  readOnly: true
{{- include "citystream.secretMount" (dict "name" "kafka" "secret" (include "citystream.kafkaSecret" .)) }}
{{- end }}

{{- /* Environment of every service. Arguments: root. */}}
{{- define "citystream.environment" -}}
- name: CONFIG_FILE
  value: /etc/citystream/config/service.properties
- name: LOG_FORMAT
  value: {{ .root.Values.logFormat }}
- name: JAVA_TOOL_OPTIONS
  value: -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- end }}

{{- define "citystream.clockKey" -}}
{{- if eq .Values.clock.source "published" }}
- name: CLOCK_KEY
  valueFrom:
    secretKeyRef:
      name: {{ .Values.clock.existingSecret }}
      key: {{ .Values.clock.key }}
{{- end }}
{{- end }}

{{- /* Starting may wait for nothing: what is missing makes a service not ready, never dead. */}}
{{- define "citystream.probes" -}}
startupProbe:
  httpGet: {path: /health/live, port: http}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /health/live, port: http}
  periodSeconds: 10
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /health/ready, port: http}
  periodSeconds: 5
  failureThreshold: 2
{{- end }}

{{- /* A service that has its settings in a file. Arguments: root, component, settings, files. */}}
{{- define "citystream.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "citystream.metadata" . | nindent 2 }}
data:
  service.properties: |
    {{- include "citystream.properties" .settings | trim | nindent 4 }}
{{- range $name, $content := .files }}
  {{ $name }}: |
    {{- $content | nindent 4 }}
{{- end }}
{{- end }}

{{- define "citystream.service" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "citystream.metadata" . | nindent 2 }}
spec:
  {{- if .headless }}
  clusterIP: None
  publishNotReadyAddresses: true
  {{- end }}
  selector:
    {{- include "citystream.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: {{ .port }}
      targetPort: http
{{- end }}

{{/* Secret with which the dashboard reads the time-series store. */}}
{{- define "citystream.storeSecret" -}}
{{- if .Values.dashboard.influxdb.enabled -}}
{{- .Values.dashboard.influxdb.existingSecret | default .Values.influx.existingSecret -}}
{{- else -}}
{{- .Values.dashboard.questdb.existingSecret -}}
{{- end -}}
{{- end }}
