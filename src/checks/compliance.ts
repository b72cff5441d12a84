import { sqlFile } from '../postgres/sql-folder.ts';

/** A control of a framework that asks what a check asks, or a part of it. */
export interface Control {
  /** `cis-7.0`, as `--framework` takes it. */
  readonly framework: string;
  /** `CIS AWS Foundations Benchmark v7.0`. */
  readonly title: string;
  /** `4.6`. */
  readonly id: string;
  /** Whether there is no newer version of the framework. */
  readonly isNewest: boolean;
}

/** The controls of all frameworks, by the check that asks the same. */
export type Compliance = ReadonlyMap<string, readonly Control[]>;

interface Framework {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly { readonly id: string; readonly check: string }[];
}

/** Reads `sql/compliance.json`, which says where its ids are from and of which day. */
export async function readCompliance(): Promise<Compliance> {
  const { frameworks }: { readonly frameworks: readonly Framework[] } = JSON.parse(
    await sqlFile('compliance.json'),
  );
  const families = new Set<string>();
  const byCheck = new Map<string, Control[]>();
  for (const { id: framework, title, controls } of frameworks) {
    // The newest version of each stands first.
    const isNewest = !families.has(familyOf(framework));
    families.add(familyOf(framework));
    for (const { id, check } of controls)
      byCheck.set(check, [...(byCheck.get(check) ?? []), { framework, title, id, isNewest }]);
  }
  return byCheck;
}

/** `cis` of `cis-7.0`: whoever asks for that means the newest. */
const familyOf = (framework: string): string => framework.replace(/-(?:r?\d[\d.]*)$/, '');

/** Whether a name as `--framework` takes it means the framework of a control. */
export const isOfFramework = ({ framework, isNewest }: Control, name: string): boolean =>
  framework === name || (isNewest && familyOf(framework) === name);

/** As people and other tools know it. */
export const nameOfControl = ({ title, id }: Control): string => `${title} ${id}`;

/**
 * The newest frameworks' controls, the first of each framework before the second of any: a list that is cut short names
 * all of them.
 */
export function newestControls(controls: readonly Control[]): readonly Control[] {
  const places = new Map<string, number>();
  return controls
    .filter(({ isNewest }) => isNewest)
    .map((control) => {
      const place = places.get(control.framework) ?? 0;
      places.set(control.framework, place + 1);
      return { control, place };
    })
    .toSorted((a, b) => a.place - b.place)
    .map(({ control }) => control);
}

/** Versions that people ask for and whose ids the source of `compliance.json` does not have, with its own and the day. */
export const leftOutFrameworks = 'PCI DSS 4.0.1, CIS 1.2 (not in Prowler 5.46.0, the newest on 2026-11-30)';
