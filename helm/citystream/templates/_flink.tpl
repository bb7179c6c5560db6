{{- /*
The jobs: component -> entry class, arguments, parallelism, restore (where to begin anew: initialSavepointPath and
savepointRedeployNonce). As YAML.
*/}}
{{- define "citystream.jobs" -}}
{{- $jobs := .Values.flink.jobs }}
{{- $exactlyOnce := .Values.flink.exactlyOnce | ternary (list "--exactly-once" "true") list }}
{{- if $jobs.traffic.enabled }}
traffic-job:
  entryClass: org.citystream.jobs.traffic.TrafficJob
  parallelism: {{ $jobs.traffic.parallelism }}
  restore: {{ pick $jobs.traffic "initialSavepointPath" "savepointRedeployNonce" | toJson }}
  arguments: {{ concat (list "--horizon" $jobs.traffic.horizon) $exactlyOnce | toJson }}
{{- end }}
{{- if $jobs.airQuality.enabled }}
air-quality-job:
  entryClass: org.citystream.jobs.airquality.AirQualityJob
  parallelism: {{ $jobs.airQuality.parallelism }}
  restore: {{ pick $jobs.airQuality "initialSavepointPath" "savepointRedeployNonce" | toJson }}
  arguments: {{ concat (list "--horizon" $jobs.airQuality.horizon) $exactlyOnce | toJson }}
{{- end }}
{{- if $jobs.sensorHealth.enabled }}
sensor-health-job:
  entryClass: org.citystream.jobs.sensorhealth.SensorHealthJob
  parallelism: {{ $jobs.sensorHealth.parallelism }}
  restore: {{ pick $jobs.sensorHealth "initialSavepointPath" "savepointRedeployNonce" | toJson }}
  arguments: {{ toJson $exactlyOnce }}
{{- end }}
{{- if $jobs.timeSeries.enabled }}
time-series-job:
  entryClass: org.citystream.jobs.timeseries.TimeSeriesJob
  parallelism: {{ $jobs.timeSeries.parallelism }}
  restore: {{ pick $jobs.timeSeries "initialSavepointPath" "savepointRedeployNonce" | toJson }}
  influx: true
  arguments:
    - --influx-api
    - {{ .Values.influx.api }}
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

{{- /* REST addresses of the JobManagers, as a YAML list: Flink itself adds -rest in the operator's native mode. */}}
{{- define "citystream.jobAddresses" -}}
{{- if ne .Values.flink.mode "none" }}
{{- range $component, $job := fromYaml (include "citystream.jobs" .) }}
- http://{{ include "citystream.fullname" $ }}-{{ $component }}{{ eq $.Values.flink.mode "operator" | ternary "-rest" "" }}:8081
{{- end }}
{{- end }}
{{- end }}

{{- /* What every job is told. As a YAML list. Arguments: root, job. */}}
{{- define "citystream.jobArguments" -}}
{{- range $name, $value := fromYaml (include "citystream.kafkaSettings" (dict "root" .root "component" "flink")) }}
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
web.cancel.enable: "false"
web.submit.enable: "false"
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
{{- include "citystream.secretVolume" (dict "name" "kafka" "secret" (include "citystream.kafkaSecret" (dict "root" .root "component" "flink"))) }}
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
{{- include "citystream.secretMount" (dict "name" "kafka" "secret" (include "citystream.kafkaSecret" (dict "root" .root "component" "flink"))) }}
{{- if .job.influx }}
{{- include "citystream.secretMount" (dict "name" "influx" "secret" .root.Values.influx.existingSecret) }}
{{- end }}
{{- end }}

{{- /* One of the two parts of a plain job. Arguments: root, job, component, part, replicas, arguments, ports, probes, configuration,
forget (the cluster whose kept job graph is removed first; empty: none). */}}
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
      {{- with .forget }}
      initContainers:
        # Flink would take up the graph that it keeps for a failover, with the parallelism, arguments and code of the version
        # before. Its checkpoints stay.
        - name: forget-graph
          image: {{ include "citystream.image" (dict "root" $.root "image" $.root.Values.gateway.image) }}
          imagePullPolicy: {{ $.root.Values.images.pullPolicy }}
          command: [java, -cp, "@/app/jib-classpath-file", org.citystream.service.kubernetes.ForgetGraphMain]
          args: [{{ $.root.Release.Namespace | quote }}, {{ . | quote }}]
          resources:
            requests: {cpu: 50m, memory: 128Mi}
            limits: {memory: 128Mi}
          securityContext:
            {{- include "citystream.containerSecurity" $.root | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      {{- end }}
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

{{- /* Java packages that Flink reaches into: its own config.yaml opens them, and a ConfigMap stands in for that file. */}}
{{- define "citystream.flinkJavaOptions" -}}
{{- $options := list }}
{{- range list "java.base/sun.net.util" "java.rmi/sun.rmi.registry" "java.security.jgss/sun.security.krb5" }}
{{- $options = append $options (printf "--add-exports=%s=ALL-UNNAMED" .) }}
{{- end }}
{{- range list "java.lang" "java.net" "java.io" "java.nio" "sun.nio.ch" "java.lang.reflect" "java.text" "java.time" "java.util" "java.util.concurrent" "java.util.concurrent.atomic" "java.util.concurrent.locks" }}
{{- $options = append $options (printf "--add-opens=java.base/%s=ALL-UNNAMED" .) }}
{{- end }}
{{- join " " $options }}
{{- end }}
