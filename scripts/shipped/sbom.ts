import type { ShippedPackage } from './packages.ts';

interface Component extends Pick<ShippedPackage, 'name' | 'version' | 'license'> {
  readonly type: 'application' | 'library';
}

/** A software bill of materials in CycloneDX 1.5: what is in the bundle, and no more. Equal for equal input. */
export function sbom(
  program: Pick<ShippedPackage, 'name' | 'version' | 'license'>,
  packages: readonly ShippedPackage[],
): string {
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: component({ ...program, type: 'application' }) },
    components: packages.map((one) => component({ ...one, type: 'library' })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function component({ type, name, version, license }: Component) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return { type, 'bom-ref': purl, name, version, purl, licenses: [licenseChoice(license)] };
}

/** One licence by its id, several as an expression. */
function licenseChoice(license: string | null) {
  return license !== null && /[\s(]/.test(license) ? { expression: license } : { license: { id: license } };
}
