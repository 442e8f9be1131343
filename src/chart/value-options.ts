/** What every value of a chart may have. */
export interface ValueOptions {
  /**
   * What the value is for: its comment in values.yaml, its row in the README, its description in the schema.
   *
   * @default - nothing is said
   * @example
   * app.values.integer('replicas', { defaultValue: 2, description: 'Pods of the web tier' });
   */
  readonly description?: string;
}

/** A text of values.yaml. */
export interface TextValueOptions extends ValueOptions {
  /**
   * What it is unless the user says otherwise.
   *
   * @default - the user has to give one
   * @example
   * app.values.text('image.tag', { defaultValue: '2.0' });
   */
  readonly defaultValue?: string;

  /**
   * The texts that are allowed.
   *
   * @default - every text is
   * @example
   * app.values.text('logLevel', { defaultValue: 'info', allowedValues: ['debug', 'info', 'error'] });
   */
  readonly allowedValues?: string[];

  /**
   * A regular expression that every text has to match, in the syntax of RE2; anchor it with `^` and `$`.
   *
   * @default - every text is allowed
   * @example
   * app.values.text('image.tag', { defaultValue: '2.0', pattern: "^[0-9.]+$" });
   */
  readonly pattern?: string;

  /**
   * How many characters it has at least.
   *
   * @default 0
   * @example
   * app.values.text('host', { minLength: 1 });
   */
  readonly minLength?: number;

  /**
   * How many characters it has at most.
   *
   * @default - unlimited
   * @example
   * app.values.text('shard', { defaultValue: 'a', maxLength: 8 });
   */
  readonly maxLength?: number;

  /**
   * What stands in the template where the value is empty; it may hold other values, such as the chart's `appVersion`.
   *
   * @default - nothing
   * @example
   * app.values.text('image.tag', { defaultValue: '', fallback: app.appVersion });
   */
  readonly fallback?: string;
}

/** A number of values.yaml. */
export interface NumberValueOptions extends ValueOptions {
  /**
   * How many it is unless the user says otherwise, in the unit of the value.
   *
   * @default - the user has to give one
   * @example
   * app.values.integer('replicas', { defaultValue: 2 });
   */
  readonly defaultValue?: number;

  /**
   * How many it is at least, in the unit of the value.
   *
   * @default - none for numbers and integers; 0 for lengths of time and sizes
   * @example
   * app.values.integer('replicas', { defaultValue: 2, minimum: 1 });
   */
  readonly minimum?: number;

  /**
   * How many it is at most, in the unit of the value.
   *
   * @default - none for numbers; 2^53 - 1 for integers
   * @example
   * app.values.number('sampleRatio', { defaultValue: 0.1, minimum: 0, maximum: 1 });
   */
  readonly maximum?: number;
}

/** A truth of values.yaml. */
export interface FlagValueOptions extends ValueOptions {
  /**
   * What it is unless the user says otherwise.
   *
   * @default - the user has to give one
   * @example
   * app.values.flag('backup.enabled', { defaultValue: true });
   */
  readonly defaultValue?: boolean;
}

/** A list of values.yaml. */
export interface ListValueOptions extends ValueOptions {
  /**
   * What it is unless the user says otherwise.
   *
   * @default - an empty list
   * @example
   * app.values.list('hosts', { defaultValue: ['example.com'] });
   */
  readonly defaultValue?: any[]; // eslint-disable-line @typescript-eslint/no-explicit-any

  /**
   * JSON Schema (draft 7) of an item.
   *
   * @default - an item may be anything
   * @example
   * app.values.list('hosts', { items: { type: 'string' } });
   */
  readonly items?: { [keyword: string]: any }; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** A map of values.yaml, with keys that the chart does not know. */
export interface MapValueOptions extends ValueOptions {
  /**
   * What it is unless the user says otherwise.
   *
   * @default - an empty map
   * @example
   * app.values.mapping('nodeSelector', { defaultValue: { 'kubernetes.io/os': 'linux' } });
   */
  readonly defaultValue?: { [key: string]: any }; // eslint-disable-line @typescript-eslint/no-explicit-any

  /**
   * JSON Schema (draft 7) of the value of a key.
   *
   * @default - it may be anything
   * @example
   * app.values.mapping('nodeSelector', { items: { type: 'string' } });
   */
  readonly items?: { [keyword: string]: any }; // eslint-disable-line @typescript-eslint/no-explicit-any
}
