import { ApiObject, Chart } from 'cdk8s';
import { Dependable, IConstruct, IDependable } from 'constructs';

/** That something comes after something else. */
export interface Dependency {
  readonly source: IConstruct;
  readonly target: IConstruct;
}

type Edges = Map<IConstruct, Set<IConstruct>>;

function add(edges: Edges, source: IConstruct, target: IConstruct): void {
  edges.set(source, (edges.get(source) ?? new Set()).add(target));
}

/** A construct and its scopes up to its chart. */
function scopesInChart(construct: IConstruct): IConstruct[] {
  const { scopes } = construct.node;
  return scopes.slice(scopes.indexOf(Chart.of(construct)));
}

/** A chart in a chart comes before it. */
function isNestedIn(chart: IConstruct, parent: IConstruct): boolean {
  return Chart.isChart(chart) && Chart.isChart(parent) && chart.node.scope === parent;
}

/**
 * The dependencies between constructs as people declared them.
 *
 * At synth cdk8s adds its own to the same list: between the charts of constructs that depend on each other, and between all the objects below
 * (cdk8s, lib/app.js, resolveDependencies). They order files. Taken for hooks, one dependency would order everything in two charts.
 */
export class DeclaredDependencies {
  readonly #root: IConstruct;
  readonly #edges: Edges = new Map();
  #reading = false;

  /** @param onRead called whenever somebody reads the dependencies of the root, as cdk8s does first of all */
  constructor(root: IConstruct, onRead: () => void) {
    this.#root = root;
    const notify = () => {
      if (this.#reading) return;
      this.#read();
      onRead();
    };
    const listener: IDependable = {};
    Dependable.implement(listener, {
      get dependencyRoots() {
        notify();
        return [];
      },
    });
    root.node.addDependency(listener);
  }

  /** Every dependency declared so far. */
  list(): Dependency[] {
    this.#read();
    return [...this.#edges].flatMap(([source, targets]) => [...targets].map((target) => ({ source, target })));
  }

  /** Takes over what is new since the last time and does not follow from what was known then. */
  #read(): void {
    this.#reading = true;
    const files = this.#fileOrder();
    const added: Dependency[] = [];
    for (const source of this.#root.node.findAll()) {
      for (const target of source.node.dependencies) {
        if (!this.#follows(files, source, target)) added.push({ source, target });
      }
    }
    added.forEach(({ source, target }) => add(this.#edges, source, target));
    this.#reading = false;
  }

  /** The order that cdk8s puts charts in. */
  #fileOrder(): Edges {
    const order: Edges = new Map();
    for (const [source, targets] of this.#edges) {
      for (const target of targets) {
        const [from, to] = [Chart.of(source), Chart.of(target)];
        if (from !== to) add(order, from, to);
      }
    }
    return order;
  }

  /** Whether a dependency is one that cdk8s adds for the sake of another. */
  #follows(files: Edges, source: IConstruct, target: IConstruct): boolean {
    const filed = (from: IConstruct, to: IConstruct) => (files.get(from)?.has(to) ?? false) || isNestedIn(to, from);
    if (Chart.isChart(source) && Chart.isChart(target)) return filed(source, target);
    if (!ApiObject.isApiObject(source) || !ApiObject.isApiObject(target)) return false;
    const targets = scopesInChart(target);
    return scopesInChart(source).some((from) => targets.some((to) => (this.#edges.get(from)?.has(to) ?? false) || filed(from, to)));
  }
}
