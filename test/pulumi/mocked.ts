import * as pulumi from '@pulumi/pulumi';

/** What a program registered. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What the engine would be asked, as far as tests ask for it. */
interface Request {
  getName(): string;
  /** URNs of what comes before. */
  getDependenciesList(): string[];
  getRetainondelete(): boolean | undefined;
}

/** Runs programs without an engine: what they register is noted, and has what it was given as its outputs. */
export class Mocked {
  readonly registered: Registered[] = [];
  readonly requests: Request[] = [];

  constructor(preview = false) {
    const newResource = ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
      this.registered.push({ type, name, inputs: inputs as Readonly<Record<string, unknown>> });
      return { id: `${name}-id`, state: inputs as Readonly<Record<string, unknown>> };
    };
    void pulumi.runtime.setMocks({ newResource, call: () => ({}) }, 'project', 'stack', preview);
    const monitor = pulumi.runtime.getMonitor() as unknown as { registerResource(request: Request, done: unknown): unknown };
    const register = monitor.registerResource.bind(monitor);
    monitor.registerResource = (request, done) => {
      this.requests.push(request);
      return register(request, done);
    };
  }
}

/** A component, of which resources are children. */
export class Component extends pulumi.ComponentResource {
  constructor(name = 'web') {
    super('test:index:Component', name);
    this.registerOutputs();
  }
}

/** What an output is when it is known. */
export interface Settled {
  readonly value: unknown;
  readonly secret: boolean;
  /** False for what a preview cannot say. */
  readonly known: boolean;
}

/** Waits for an output, and says what became of it. */
export async function settled(input: unknown): Promise<Settled> {
  const output = pulumi.output(input) as pulumi.Output<unknown> & {
    readonly isKnown: Promise<boolean>;
    readonly isSecret: Promise<boolean>;
    promise(): Promise<unknown>;
  };
  return { value: await output.promise(), secret: await output.isSecret, known: await output.isKnown };
}
