import type { Plugin } from 'rolldown';
import manifest from '../../package.json' with { type: 'json' };
import { notices, refuseOthers } from './licenses.ts';
import { packagesOf } from './packages.ts';
import { sbom } from './sbom.ts';

/**
 * Puts beside a bundle what is in it: `third-party-licenses.txt` and `sbom.cdx.json`. The build fails where a package
 * is under a licence that may not ship.
 */
export const whatShips = (): Plugin => ({
  name: 'what-ships',
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((file) =>
      file.type === 'chunk' ? Object.keys(file.modules) : [],
    );
    const packages = packagesOf(modules);
    refuseOthers(packages);
    this.emitFile({ type: 'asset', fileName: 'third-party-licenses.txt', source: notices(packages) });
    this.emitFile({ type: 'asset', fileName: 'sbom.cdx.json', source: sbom(manifest, packages) });
  },
});
