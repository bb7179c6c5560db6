{{- /* The jobs: component -> entry class, arguments, parallelism. As YAML. */}}
{{- define "citystream.jobs" -}}
{{- $jobs := .Values.flink.jobs }}
{{- if $jobs.traffic.enabled }}
traffic-job:
  entryClass: org.citystream.jobs.traffic.TrafficJob
  parallelism: {{ $jobs.traffic.parallelism }}
  arguments: [--horizon, {{ $jobs.traffic.horizon | quote }}]
{{- end }}
{{- if $jobs.airQuality.enabled }}
air-quality-job:
  entryClass: org.citystream.jobs.airquality.AirQualityJob
  parallelism: {{ $jobs.airQuality.parallelism }}
  arguments: [--horizon, {{ $jobs.airQuality.horizon | quote }}]
{{- end }}
{{- if $jobs.sensorHealth.enabled }}
sensor-health-job:
  entryClass: org.citystream.jobs.sensorhealth.SensorHealthJob
  parallelism: {{ $jobs.sensorHealth.parallelism }}
  arguments: []
{{- end }}
{{- if $jobs.timeSeries.enabled }}
time-series-job:
  entryClass: org.citystream.jobs.timeseries.TimeSeriesJob
  parallelism: {{ $jobs.timeSeries.parallelism }}
  influx: true
  arguments:
    - --influx-url
    - {{ .Values.influx.url | quote }}
    - --influx-org
    - {{ .Values.influx.organisation | quote }}
    - --influx-bucket
    - {{ .Values.influx.bucket | quote }}
    - --influx-token-file
    - /etc/citystream/influx/{{ .Values.influx.tokenKey }}
{{- end }}
{{- end }}

{{- /* What every job is told. As a YAML list. Arguments: root, job. */}}
{{- define "citystream.jobArguments" -}}
{{- range $name, $value := fromYaml (include "citystream.kafkaSettings" .root) }}
- --{{ $name }}
- {{ $value | quote }}
{{- end }}
{{- range .job.arguments }}
- {{ . | quote }}
{{- end }}
{{- end }}

{{- /* Flink's settings in both modes, all of them texts. Arguments: root, name. */}}
{{- define "citystream.flinkConfiguration" -}}
{{- $flink := .root.Values.flink }}
{{- $state := $flink.state.directory | trimSuffix "/" }}
taskmanager.numberOfTaskSlots: {{ $flink.taskManager.slots | quote }}
state.backend.type: rocksdb
execution.checkpointing.interval: {{ $flink.checkpointInterval | quote }}
execution.checkpointing.timeout: 10min
execution.checkpointing.tolerable-failed-checkpoints: "10"
execution.checkpointing.incremental: "true"
execution.checkpointing.num-retained: "3"
execution.checkpointing.externalized-checkpoint-retention: RETAIN_ON_CANCELLATION
execution.checkpointing.dir: {{ printf "%s/checkpoints/%s" $state .name | quote }}
execution.checkpointing.savepoint-dir: {{ printf "%s/savepoints/%s" $state .name | quote }}
high-availability.type: kubernetes
high-availability.storageDir: {{ printf "%s/high-availability/%s" $state .name | quote }}
restart-strategy.type: exponential-delay
restart-strategy.exponential-delay.initial-backoff: 1s
restart-strategy.exponential-delay.max-backoff: 1min
metrics.reporters: prom
metrics.reporter.prom.factory.class: org.apache.flink.metrics.prometheus.PrometheusReporterFactory
metrics.reporter.prom.port: "9249"
io.tmp.dirs: /tmp
{{- if hasPrefix "s3" $flink.state.directory }}
{{- with $flink.state.s3.endpoint }}
s3.endpoint: {{ . | quote }}
{{- end }}
s3.path.style.access: {{ $flink.state.s3.pathStyle | quote }}
{{- end }}
{{- end }}

{{- define "citystream.flinkConfigurationWithOwn" -}}
{{- $own := dict }}
{{- range $key, $value := .root.Values.flink.configuration }}
{{- $_ := set $own $key (kindIs "string" $value | ternary $value (toJson $value)) }}
{{- end }}
{{- toYaml (mergeOverwrite (fromYaml (include "citystream.flinkConfiguration" .)) $own) }}
{{- end }}

{{- /* Keys of an S3-compatible store. */}}
{{- define "citystream.flinkEnvironment" -}}
{{- with .Values.flink.state.s3 }}
{{- if .existingSecret }}
- name: AWS_ACCESS_KEY_ID
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .accessKeyIdKey }}
- name: AWS_SECRET_ACCESS_KEY
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .secretAccessKeyKey }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Arguments: root, job. */}}
{{- define "citystream.flinkVolumes" -}}
- name: tmp
  emptyDir: {}
- name: log
  emptyDir: {}
{{- with .root.Values.flink.state.existingClaim }}
- name: state
  persistentVolumeClaim:
    claimName: {{ . }}
{{- end }}
{{- include "citystream.secretVolume" (dict "name" "kafka" "secret" .root.Values.kafka.existingSecret) }}
{{- if .job.influx }}
{{- include "citystream.secretVolume" (dict "name" "influx" "secret" .root.Values.influx.existingSecret) }}
{{- end }}
{{- end }}

{{- define "citystream.flinkMounts" -}}
- name: tmp
  mountPath: /tmp
- name: log
  mountPath: /opt/flink/log
{{- if .root.Values.flink.state.existingClaim }}
- name: state
  mountPath: /state
{{- end }}
{{- include "citystream.secretMount" (dict "name" "kafka" "secret" .root.Values.kafka.existingSecret) }}
{{- if .job.influx }}
{{- include "citystream.secretMount" (dict "name" "influx" "secret" .root.Values.influx.existingSecret) }}
{{- end }}
{{- end }}

{{- /* One of the two parts of a plain job. Arguments: root, job, component, part, replicas, arguments, ports, probes, configuration. */}}
{{- define "citystream.flinkDeployment" -}}
{{- $scope := dict "root" .root "component" .component }}
{{- $flink := .root.Values.flink }}
{{- $name := printf "%s-%s" (include "citystream.fullname" .root) .component }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}-{{ .part }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "citystream.labels" $scope | nindent 4 }}
    citystream.org/flink: {{ .part }}
spec:
  replicas: {{ .replicas }}
  {{- if eq .part "jobmanager" }}
  strategy:
    type: Recreate
  {{- end }}
  selector:
    matchLabels:
      {{- include "citystream.selectorLabels" $scope | nindent 6 }}
      citystream.org/flink: {{ .part }}
  template:
    metadata:
      labels:
        {{- include "citystream.labels" $scope | nindent 8 }}
        citystream.org/flink: {{ .part }}
      annotations:
        checksum/config: {{ .configuration | sha256sum }}
        {{- with $flink.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "citystream.fullname" .root }}-flink
      enableServiceLinks: false
      {{- with include "citystream.pullSecrets" .root | trim }}{{ nindent 6 . }}{{ end }}
      securityContext:
        {{- include "citystream.podSecurity" 9999 | nindent 8 }}
      {{- with include "citystream.placement" $flink | trim }}{{ nindent 6 . }}{{ end }}
      containers:
        - name: {{ .part }}
          image: {{ include "citystream.image" (dict "root" .root "image" $flink.image) }}
          imagePullPolicy: {{ .root.Values.images.pullPolicy }}
          args:
            {{- toYaml .arguments | nindent 12 }}
          env:
            - name: POD_IP
              valueFrom:
                fieldRef:
                  fieldPath: status.podIP
            - name: JOB_MANAGER_RPC_ADDRESS
              value: {{ $name }}
            {{- with include "citystream.flinkEnvironment" .root | trim }}{{ nindent 12 . }}{{ end }}
          ports:
            {{- toYaml .ports | nindent 12 }}
          {{- toYaml .probes | nindent 10 }}
          resources:
            {{- toYaml .resources | nindent 12 }}
          securityContext:
            {{- include "citystream.containerSecurity" .root | nindent 12 }}
          volumeMounts:
            - name: conf
              mountPath: /opt/flink/conf
              readOnly: true
            {{- include "citystream.flinkMounts" . | nindent 12 }}
      volumes:
        - name: conf
          configMap:
            name: {{ $name }}
        {{- include "citystream.flinkVolumes" . | nindent 8 }}
{{- end }}

{{- /* Flink's spelling of a memory size (1024m, 2g) as Kubernetes spells it. */}}
{{- define "citystream.kubernetesMemory" -}}
{{- if hasSuffix "g" . }}{{ trimSuffix "g" . }}Gi{{ else }}{{ trimSuffix "m" . }}Mi{{ end }}
{{- end }}
