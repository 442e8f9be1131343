"""What people see: a web server, its page, and the Service in front of it."""

import cdk8s_plus_27 as kplus
from cdk8s import ApiObject, Duration, JsonPatch, Size
from cdk8s_lifecycle import Database, WaitFor
from constructs import Construct

# The user that runs in the image of the page, by number: `runAsNonRoot` does not know names.
NOBODY = 65534


def restricted() -> list[JsonPatch]:
    """The part of the restricted Pod Security profile that cdk8s-plus-27 cannot say; hooks have it by themselves."""
    spec = "/spec/template/spec"
    return [
        JsonPatch.add(f"{spec}/securityContext/seccompProfile", {"type": "RuntimeDefault"}),
        JsonPatch.add(f"{spec}/containers/0/securityContext/capabilities", {"drop": ["ALL"]}),
    ]


class Page(Construct):
    deployment: kplus.Deployment
    service: kplus.Service

    def __init__(self, scope: Construct, id: str, *, name: str, version: str, image: str, database: Database) -> None:
        super().__init__(scope, id)
        labels = {"app.kubernetes.io/name": name, "app.kubernetes.io/version": version}
        page = kplus.ConfigMap(self, "page", metadata={"name": name}, data={"index.html": f"<h1>{name} {version}</h1>\n"})
        self.deployment = kplus.Deployment(
            self,
            "deployment",
            metadata={"name": name},
            pod_metadata={"labels": labels},
            termination_grace_period=Duration.seconds(2),  # httpd has nothing to finish, and as the first process it hears no SIGTERM
            containers=[
                kplus.ContainerProps(
                    name="web",
                    image=image,
                    image_pull_policy=kplus.ImagePullPolicy.IF_NOT_PRESENT,
                    resources=kplus.ContainerResources(
                        cpu=kplus.CpuResources(request=kplus.Cpu.millis(10)),
                        memory=kplus.MemoryResources(request=Size.mebibytes(16), limit=Size.mebibytes(64)),
                    ),
                    command=["httpd", "-f", "-p", "8080", "-h", "/page"],
                    ports=[kplus.ContainerPort(number=8080)],
                    readiness=kplus.Probe.from_http_get("/", port=8080, period_seconds=Duration.seconds(2)),
                    security_context=kplus.ContainerSecurityContextProps(user=NOBODY),
                    volume_mounts=[kplus.VolumeMount(path="/page", volume=kplus.Volume.from_config_map(self, "volume", page, name="page"))],
                )
            ],
        )
        ApiObject.of(self.deployment).add_json_patch(*restricted())
        # Every Pod waits whenever it starts, also long after the release. A hook would have waited once.
        WaitFor.postgres(database).add_to(self.deployment)
        ports = [kplus.ServicePort(port=80, target_port=8080)]
        self.service = kplus.Service(self, "service", metadata={"name": name}, selector=self.deployment, ports=ports)
