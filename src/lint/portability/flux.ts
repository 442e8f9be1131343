import { Engine } from './engine';
import { HELM3, HELM4 } from './helm';

/** Flux's helm-controller, which runs Helm's own code. */
export const FLUX: Engine = {
  title: 'Flux (helm-controller)',
  notes: [
    "Flux runs Helm's own code: Helm 4 since Flux 2.8, Helm 3 before. The table is that of Helm 4.",
    'It waits for the resources before post hooks unless `spec.install.disableWait` and `spec.upgrade.disableWait` say otherwise: what becomes ready only by a post hook never does.',
    'A failed upgrade is not rolled back, and no rollback hook runs, unless `spec.upgrade.remediation` says so.',
    'The logs of hooks go to nobody but the log of the controller.',
    ...HELM3.notes,
  ],
  judge: (hook, others) => {
    const { does, loses } = HELM4.judge(hook, others);
    const onlyTest = hook.hook.events.length === 1 && hook.hook.events[0] === 'test';
    return { does: [...(onlyTest ? ['runs it after each install and upgrade where `spec.test.enable` is true, else never'] : []), ...does], loses };
  },
};
