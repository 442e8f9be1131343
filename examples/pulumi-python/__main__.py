"""A web app in a Pulumi stack, in Python: its resources stand between two commands that run its hooks."""

import json

import pulumi
import pulumi_kubernetes as kubernetes
from pulumi_command import local

config = pulumi.Config()
namespace = config.require('namespace')
image = config.require('image')
replicas = config.require_int('replicas')


def job(name: str, events: str, command: str) -> dict:
    """A hook: a Job that runs a command of the app's image. Any hook in YAML does, also what `cdk8s synth` prints."""
    container = {'name': 'main', 'image': image, 'command': ['sh', '-c', command]}
    return {
        'apiVersion': 'batch/v1',
        'kind': 'Job',
        'metadata': {
            'name': name,
            'annotations': {'helm.sh/hook': events, 'helm.sh/hook-delete-policy': 'before-hook-creation'},
        },
        'spec': {'backoffLimit': 0, 'template': {'spec': {'restartPolicy': 'Never', 'containers': [container]}}},
    }


hooks = [
    job('migrate', 'pre-install,pre-upgrade', config.require('migrate')),
    job('warm', 'post-install,post-upgrade', config.require('warm')),
    job('backup', 'pre-delete', config.require('backup')),
    job('clean', 'post-delete', config.require('clean')),
]

# A command runs again when its standard input or its environment has changed, so all that makes another release has to be in there: here the hooks, which
# hold the image, and the replicas. (Not in `triggers`: those would delete the command and create another.)
manifests = '\n---\n'.join(json.dumps(hook) for hook in hooks)
environment = {
    'RELEASE': 'web',
    'NAMESPACE': namespace,
    'OWNER': f'{pulumi.get_project()}/{pulumi.get_stack()}/web',
    'REPLICAS': str(replicas),
}


def run_hooks(event: str) -> str:
    """Runs the hooks of an event. What the last run has printed, its receipt, says that it is the same command that runs again."""
    return (
        f'cdk8s-lifecycle run-hooks "$RELEASE" {event} - --namespace "$NAMESPACE" --owner "$OWNER" --lock-timeout 60s'
        ' --hook-logs none --output receipt --previous "$PULUMI_COMMAND_STDOUT"'
    )


# Created first, deleted last.
opening = local.Command(
    'web-opening',
    create=run_hooks('pre-apply'),
    delete=run_hooks('post-delete'),
    stdin=manifests,
    environment=environment,
)

labels = {'app': 'web'}
web = kubernetes.apps.v1.Deployment(
    'web',
    metadata={'name': 'web', 'namespace': namespace},
    spec={
        'replicas': replicas,
        'selector': {'match_labels': labels},
        'template': {'metadata': {'labels': labels}, 'spec': {'containers': [{'name': 'web', 'image': image}]}},
    },
    opts=pulumi.ResourceOptions(depends_on=[opening]),  # every resource of the release
)

# Created last, deleted first. It runs whenever the opening has run.
closing = local.Command(
    'web-closing',
    create=run_hooks('post-apply'),
    delete=run_hooks('pre-delete'),
    stdin=manifests,
    environment={**environment, 'OPENING': opening.stdout},
    opts=pulumi.ResourceOptions(depends_on=[web]),  # every resource of the release
)

receipts = pulumi.Output.all(opening.stdout, closing.stdout)
pulumi.export('ran', receipts.apply(lambda texts: [hook for text in texts for hook in json.loads(text)['hooks']]))
