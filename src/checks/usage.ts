import { CONNECTION_VARIABLE } from '../postgres/database.ts';
import { leftOutFrameworks } from './compliance.ts';

/** What \`check --help\` says. */
export const usage = `Usage: check [--threshold medium] [--format table] [--max-age 24h] [--check id] …

Runs the checks of sql/checks on the views in the schema aws_encryption (the verb \`views\` makes them): first what
there is of each severity, in which accounts, and what to do first; then every check with what it found.

  --connection  the database of the sync; default: the variable ${CONNECTION_VARIABLE}
  --threshold   low, medium (default), high or critical: checks below it are shown and do not count
  --format      table (default), json, sarif (2.1.0), junit or prometheus (numbers alone)
  --max-age     how old a reading may be: 90m, 24h (default), 7d

Part of it, each by commas or repeated:
  --check       ids of checks; default: all (\`--only\` is the same)
  --severity    checks of this severity and above only
  --framework   checks that map to its controls: cis-7.0 (cis: the newest), security-hub, pci-4.0, nist-r5, …;
                left out: ${leftOutFrameworks}
  --account     accounts by id or name, with * and ?
  --ou          accounts in and below these organizational units (ou-…, r-…)

  --waivers     a YAML file of findings that somebody has taken on: they are shown apart and do not count
  --record      keep in the database what was found and whom keys are shared with: finding_history, key_sharing_history
  --help        this text

Exit codes:
  0   whole, fresh and clean: every check that counts ran on complete data and found nothing
  1   violations at or above the threshold, even where data is missing (which is then said, too)
  2   no violations, but data is missing, incomplete or older than --max-age, or something is not known
  64  wrong arguments
`;
