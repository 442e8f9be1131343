/** When an upgrade runs a hook. */
export enum RunOn {
  /** Where anything that it uses has changed since it succeeded: its spec, or what the ConfigMaps and Secrets hold that it refers to. */
  CHANGE = 'change',
}
