{{/* Of one part of one installation: what finds its pods. */}}
{{- define "tocsin.labels" -}}
app.kubernetes.io/name: tocsin
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end }}

{{- define "tocsin.configuration" -}}
{{ .Values.configuration.existing | default (printf "%s-configuration" .Release.Name) }}
{{- end }}

{{- define "tocsin.secrets" -}}
{{ .Values.secrets.existing | default (printf "%s-secrets" .Release.Name) }}
{{- end }}

{{- define "tocsin.keys" -}}
{{ .Values.gateway.keys.existing | default (printf "%s-keys" .Release.Name) }}
{{- end }}

{{- define "tocsin.watchSecrets" -}}
{{ .Values.watch.existing | default (printf "%s-watch" .Release.Name) }}
{{- end }}

{{/* Not as root, nothing more than it needs. */}}
{{- define "tocsin.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}
