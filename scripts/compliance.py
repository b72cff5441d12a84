"""Writes sql/compliance.json and sql/views/70_compliance.sql: which control of a framework asks what a check asks.

    pip download prowler==5.46.0 --no-deps && python3 scripts/compliance.py prowler-5.46.0-py3-none-any.whl 2026-11-30

Ids of controls come from Prowler's package (Apache-2.0) alone; which of its checks, or controls, ask the same as ours is
said below. One that is not in the package ends this.
"""

import json
import re
import sys
import zipfile
from pathlib import Path

wheel, read_on = sys.argv[1:]
version = re.search(r"prowler-([\d.]+)-", wheel).group(1)

# Our check: those of Prowler's that ask the same.
SAME = {
    "condition-limits-no-account": ["kms_key_not_publicly_accessible"],
    "ebs-encryption-by-default-off": ["ec2_ebs_default_encryption"],
    "key-pending-deletion-in-use": ["kms_cmk_not_deleted_unintentionally"],
    "key-public": ["kms_key_not_publicly_accessible"],
    "rotation-off": ["kms_cmk_rotation_enabled"],
    "trail-without-key": ["cloudtrail_kms_encryption_enabled"],
    "unencrypted-database": [
        "documentdb_cluster_storage_encrypted",
        "elasticache_redis_cluster_rest_encryption_enabled",
        "neptune_cluster_storage_encrypted",
        "opensearch_service_domains_encryption_at_rest_enabled",
        "rds_cluster_storage_encrypted",
        "rds_instance_storage_encrypted",
        "redshift_cluster_encrypted_at_rest",
    ],
    "unencrypted-file-system": ["efs_encryption_at_rest_enabled"],
    "unencrypted-snapshot": ["ec2_ebs_snapshots_encrypted", "neptune_cluster_snapshot_encrypted", "rds_snapshots_encrypted"],
    "unencrypted-volume": ["ec2_ebs_volume_encryption"],
}
# "Ensure EBS volume encryption is enabled in all regions" is about the default, whatever Prowler asks for it.
OTHERWISE = {("cis", "ec2_ebs_volume_encryption"): "ebs-encryption-by-default-off"}
# Controls for which Prowler has no check, and we have.
DIRECT = [
    ("iam-policy-decrypts-all-keys", "security-hub", "KMS.1"),
    ("inline-policy-decrypts-all-keys", "security-hub", "KMS.2"),
    ("unencrypted-database", "security-hub", "ElastiCache.4"),
    ("unencrypted-database", "security-hub", "Neptune.1"),
    ("unencrypted-database", "security-hub", "Redshift.10"),
]
CIS = ["7.0", "6.0", "5.0", "4.0", "3.0", "2.0", "1.5", "1.4"]
FRAMEWORKS = [
    ("security-hub", "AWS Security Hub", None, "aws_foundational_security_best_practices_aws"),
    *[("cis", "CIS AWS Foundations Benchmark", each, f"cis_{each}_aws") for each in CIS],
    ("pci", "PCI DSS", "4.0", "pci_4.0_aws"),
    ("nist", "NIST SP 800-53", "r5", "nist_800_53_revision_5_aws"),
]


def control_id(family, requirement):
    """The control's own id, where Prowler's is one of its own making."""
    if family == "pci":  # Prowler numbers the checks of a requirement
        return requirement["Attributes"][0]["Section"].split(":")[0].strip()
    if family == "nist":
        return re.search(r"[A-Z]{2}-\d+(?:\([0-9a-z]+\))*", requirement["Name"]).group(0)
    return requirement["Id"]


def order(control):
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"[^0-9A-Za-z]+", control)]


package = zipfile.ZipFile(wheel)
assert "License-Expression: Apache-2.0" in package.read(f"prowler-{version}.dist-info/METADATA").decode()
ours = {theirs: [check for check, names in SAME.items() if theirs in names] for names in SAME.values() for theirs in names}
used, direct = set(), set()
frameworks = []
for family, title, number, file in FRAMEWORKS:
    found = set()
    for requirement in json.loads(package.read(f"prowler/compliance/aws/{file}.json"))["Requirements"]:
        control = control_id(family, requirement)
        for theirs in requirement["Checks"]:
            if theirs not in ours:
                continue
            used.add(theirs)
            other = OTHERWISE.get((family, theirs))
            found |= {(control, check) for check in ([other] if other else ours[theirs])}
        for check, of, wanted in DIRECT:
            if of == family and wanted == requirement["Id"]:
                direct.add((check, of, wanted))
                found.add((control, check))
    frameworks.append(
        {
            "id": family if number is None else f"{family}-{number}",
            "title": title if number is None else f"{title} {number if family == 'nist' else 'v' + number}",
            "controls": [{"id": control, "check": check} for control, check in sorted(found, key=lambda pair: (order(pair[0]), pair[1]))],
        }
    )
assert used == set(ours), set(ours) - used
assert direct == set(DIRECT), set(DIRECT) - direct

source = {"package": "prowler", "version": version, "license": "Apache-2.0", "read": read_on}
sql = Path(__file__).resolve().parent.parent / "sql"
(sql / "compliance.json").write_text(json.dumps({"source": source, "frameworks": frameworks}, indent=2) + "\n")

rows = [(each["id"], each["title"], control["id"], control["check"]) for each in frameworks for control in each["controls"]]
values = ",\n".join("    ({})".format(", ".join(f"'{cell}'" for cell in row)) for row in rows)
comments = {
    "framework": "As `check --framework` takes it.",
    "title": "The framework and its version.",
    "control_id": "The control.",
    "check_id": "The check that asks the same, or a part of it.",
    "source": "Where the ids of controls are from.",
    "read_on": "When they were read.",
}
(sql / "views" / "70_compliance.sql").write_text(
    f"""-- Which controls of CIS, AWS Security Hub, PCI DSS and NIST ask what a check asks. Made by scripts/compliance.py.
CREATE OR REPLACE VIEW aws_encryption.compliance AS
SELECT framework, title, control_id, check_id, 'prowler {version} (Apache-2.0)' AS source, DATE '{read_on}' AS read_on
FROM (
  VALUES
{values}
) AS control (framework, title, control_id, check_id);

COMMENT ON VIEW aws_encryption.compliance IS 'Controls of CIS, AWS Security Hub, PCI DSS and NIST, and the checks that ask the same or a part of it.';
"""
    + "".join(f"COMMENT ON COLUMN aws_encryption.compliance.{name} IS '{text}';\n" for name, text in comments.items())
)
