/** What the engine tells of one resource. */
interface StepMetadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly new?: { readonly outputs?: Readonly<Record<string, unknown>> };
}

/** An event of the engine's log, as far as tests look at it (pulumi: sdk/go/common/apitype/events.go). */
export interface EngineEvent {
  readonly resOutputsEvent?: { readonly metadata: StepMetadata };
  readonly resOpFailedEvent?: { readonly metadata: StepMetadata };
  readonly diagnosticEvent?: { readonly urn?: string; readonly message: string; readonly severity: string; readonly ephemeral?: boolean };
  readonly summaryEvent?: { readonly resourceChanges: Readonly<Record<string, number>> };
}

/** What the engine did to one resource. */
export interface Step {
  /** `create`, `update`, `delete`, `same`, `refresh`, `create-replacement` … */
  readonly op: string;
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly failed: boolean;
}

/** What was said of a resource, or of the whole run. */
export interface Diagnostic {
  /** Name of the resource; absent where it is of none. */
  readonly name?: string;
  readonly severity: string;
  readonly message: string;
  /** Whether it was only shown while the resource was worked on. */
  readonly ephemeral: boolean;
}

/** The last part of a URN. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf('::') + 2);
}

/** The steps in the order in which they ended; not those of the stack itself and of providers. */
export function stepsOf(events: readonly EngineEvent[]): Step[] {
  return events.flatMap(({ resOutputsEvent, resOpFailedEvent }) => {
    const metadata = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
    if (!metadata || metadata.type.startsWith('pulumi:')) return [];
    const { op, type, urn } = metadata;
    return [{ op, type, name: nameOf(urn), urn, failed: resOpFailedEvent !== undefined }];
  });
}

/** What was said, without the marks of colours. */
export function diagnosticsOf(events: readonly EngineEvent[]): Diagnostic[] {
  return events.flatMap(({ diagnosticEvent }) => {
    if (!diagnosticEvent) return [];
    const { urn, severity, message, ephemeral = false } = diagnosticEvent;
    return [{ ...(urn ? { name: nameOf(urn) } : {}), severity, message: message.replaceAll(/<\{%.*?%\}>/g, ''), ephemeral }];
  });
}

/** What the program exports; secrets are not shown. */
export function outputsOf(events: readonly EngineEvent[]): Readonly<Record<string, unknown>> {
  const stack = events.filter(({ resOutputsEvent }) => resOutputsEvent?.metadata.type === 'pulumi:pulumi:Stack').at(-1);
  const outputs = Object.entries(stack?.resOutputsEvent?.metadata.new?.outputs ?? {});
  return Object.fromEntries(outputs.map(([name, value]) => [name, isSecret(value) ? '[secret]' : value]));
}

function isSecret(value: unknown): boolean {
  return (value as { readonly ciphertext?: unknown } | null)?.ciphertext === '[secret]';
}
