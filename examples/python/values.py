"""What users of the chart may change, in the order of values.yaml."""

from cdk8s_lifecycle import HelmChartApp

STRINGS = {"type": "string"}


class WebAppValues:
    """A value is a text or a number from here on, and may be a part of an f-string; flags, lists and maps are objects."""

    def __init__(self, app: HelmChartApp) -> None:
        values = app.values
        self.repository = values.text("image.repository", default_value="docker.io/library/busybox", pattern="^[a-z0-9./:_-]+$", description="Image of the web tier")
        self.tag = values.text(
            "image.tag", default_value="", pattern="^[A-Za-z0-9._-]*$", fallback=app.app_version, description="Its tag; the version of the app if empty"
        )
        self.image_pull_secrets = values.list("imagePullSecrets", items={"type": "object", "required": ["name"]}, description="Secrets with which images are pulled")

        self.replicas = values.integer("replicas", default_value=2, minimum=0, description="Pods of the web tier, unless autoscaling is enabled")
        self.autoscaling_enabled = values.flag("autoscaling.enabled", default_value=False, description="Whether load decides on the number of Pods")
        self.min_replicas = values.integer("autoscaling.minReplicas", default_value=2, minimum=1)
        self.max_replicas = values.integer("autoscaling.maxReplicas", default_value=5, minimum=1)
        self.cpu = values.number(
            "autoscaling.cpu", default_value=0.05, minimum=0.001, description="CPUs that the Pods may use on average before there are more of them"
        )

        self.ingress_enabled = values.flag("ingress.enabled", default_value=False, description="Whether there is an Ingress")
        self.ingress_class = values.text("ingress.className", default_value="", description="Its class; that of the cluster if empty")
        self.host = values.text("ingress.host", default_value="webapp.example.com", pattern="^[a-z0-9.*-]+$")
        self.ingress_annotations = values.mapping("ingress.annotations", items=STRINGS)
        self.tls = values.list(
            "ingress.tls", items={"type": "object", "required": ["hosts", "secretName"]}, description="As the Ingress has it: hosts and secretName"
        )

        self.pod_annotations = values.mapping("podAnnotations", items=STRINGS)
        self.resources = values.mapping(
            "resources",
            default_value={"requests": {"cpu": "10m", "memory": "16Mi"}, "limits": {"memory": "64Mi"}},
            description="Requests and limits of the web tier",
        )
        self.node_selector = values.mapping("nodeSelector", items=STRINGS)
        self.tolerations = values.list("tolerations", items={"type": "object"})

        self.database_host = values.text("database.host", default_value="postgres", min_length=1)
        self.database_port = values.integer("database.port", default_value=5432, minimum=1, maximum=65535)
        self.database_name = values.text("database.name", default_value="webapp", min_length=1)
        self.database_user = values.text("database.user", default_value="webapp", min_length=1)
        self.existing_secret = values.text(
            "database.existingSecret", default_value="webapp-db", min_length=1, description="Secret with the password; it outlives the release"
        )
        self.secret_key = values.text("database.secretKey", default_value="password", min_length=1)

        self.timeout = values.seconds(
            "migration.timeoutSeconds", default_value=240, minimum=1, description="When Kubernetes stops a migration; with more than 240, say so to --timeout, too"
        )
        self.memory = values.mebibytes("migration.memory", default_value=128, minimum=32, description="Limit of its memory in MiB")

        self.backup_enabled = values.flag(
            "backup.enabled", default_value=True, description="Whether the database is dumped before an upgrade and before the release is deleted"
        )
        self.backup_keep = values.integer("backup.keep", default_value=5, minimum=1, description="Dumps that are kept")
        self.backup_size = values.text(
            "backup.size", default_value="1Gi", pattern="^[0-9]+(Mi|Gi|Ti)$", description="Of the volume with the dumps, which outlives the release"
        )
        self.storage_class = values.text("backup.storageClass", default_value="", description="Its class; the default class of the cluster if empty")
