"""Each kind of value in each position: the same chart as main.ts, byte for byte."""

from cdk8s import ApiObject, ApiObjectMetadata, Chart, JsonPatch
from cdk8s_plus_27 import ContainerProps, ContainerResources, Deployment, EnvValue, MemoryResources

from cdk8s_lifecycle import BackupHook, ChartMaintainer, Flag, HelmChartApp, MigrationHook, OnlyIf, Placed, ReleaseChart

app = HelmChartApp(
    name="webapp",
    version="1.2.0",
    app_version="2.0",
    description="Counts its visitors",
    annotations={"artifacthub.io/license": "Apache-2.0"},
    maintainers=[ChartMaintainer(name="Platform team")],
)
values, release = app.values, app.release

tag = values.text("image.tag", default_value="", pattern="^[0-9.]*$", fallback=app.app_version, description="Tag of the image")
greeting = values.text("greeting", default_value='say "hi" to {{ you }}')
log_level = values.text("logLevel", default_value="info", allowed_values=["debug", "info"])
port = values.integer("port", default_value=8080, minimum=1, maximum=65_535)
replicas = values.integer("replicas", default_value=2, minimum=1)
ratio = values.number("sampleRatio", default_value=0.1)
timeout = values.seconds("migration.timeoutSeconds", default_value=240)
memory = values.mebibytes("memory", default_value=512)
backup = values.flag("backup.enabled", default_value=True)
paused = values.flag("paused", default_value=False)
hosts = values.list("hosts", default_value=["example.com"], items={"type": "string"})
tolerations = values.list("tolerations")
node_selector = values.mapping("nodeSelector", default_value={"kubernetes.io/os": "linux"})

values.flag("postgresql.enabled", default_value=True)
postgresql = app.subchart(
    "postgresql",
    version="16.x.x",
    repository="https://charts.example.com",
    condition="postgresql.enabled",
    values={"auth": {"database": "web"}},
)

chart = ReleaseChart(app, "web")
deployment = Deployment(
    chart,
    "Frontend",
    replicas=replicas,
    containers=[
        ContainerProps(
            image=f"web:{tag}",
            args=[f"--listen=0.0.0.0:{port}", f"--greeting={greeting}", f"--hosts={hosts.as_json}"],
            port_number=port,
            env_variables={
                "DATABASE_HOST": EnvValue.from_value(postgresql.include("postgresql.v1.primary.fullname")),
                "LOG_LEVEL": EnvValue.from_value(log_level),
                "PAUSED": EnvValue.from_value(paused.as_text),
                "SAMPLE_RATIO": EnvValue.from_value(f"{ratio}"),
            },
            resources=ContainerResources(memory=MemoryResources(limit=memory)),
        )
    ],
)
Placed.in_pod(deployment, "tolerations", tolerations)
Placed.in_pod(deployment, "nodeSelector", node_selector)
Placed.at(deployment, "/spec/paused", paused)

MigrationHook(chart, "migrate", image=f"web:{tag}", command=["./migrate"], timeout=timeout)
dump = BackupHook(chart, "backup", name=f"{release.name}-backup-{release.revision}", image="postgres:16", command=["./backup"])
dump.with_(OnlyIf.of(Flag.all([backup, release.is_upgrade])))
hosts_object = ApiObject(
    Chart(app, "settings"),
    "hosts",
    api_version="example.com/v1",
    kind="Hosts",
    metadata=ApiObjectMetadata(name=f"{release.name}-hosts", annotations={"example.com/ratio": f"{ratio} of {replicas}"}),
)
# ApiObject takes no fields of its own in Python, so a patch brings them.
hosts_object.add_json_patch(JsonPatch.add("/spec", {"replicas": replicas, "port": f"{port}"}))
Placed.at(hosts_object, "/spec/hosts", hosts)
Placed.at(hosts_object, "/spec/paused", paused.negated)
Placed.at(hosts_object, "/spec/selector", node_selector)
hosts_object.with_(OnlyIf.of(Flag.any([backup.negated, release.is_install])))
app.add_notes(f"{app.chart_name} listens on {port} in {release.namespace_name}")

app.synth()
