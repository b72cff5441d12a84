import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  own,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

/**
 * Backup in access policies of vaults: "cross-account access for any action other than backup:CopyIntoBackupVault
 * will be rejected" (AWS Backup developer guide, "Vault access policies", read 2026-11-29; names from the Service
 * Authorization Reference as of 2026-09-26).
 */
export const backupGrammar: ServiceGrammar = {
  service: 'backup',
  actions: actionTable(
    [across('write'), 'CopyIntoBackupVault'],
    [own('read'), 'CopyFromBackupVault StartCopyJob StartRestoreJob'],
    [
      own('read_metadata'),
      `DescribeBackupVault DescribeRecoveryPoint GetBackupVaultAccessPolicy GetBackupVaultNotifications
       GetBackupVaultSharingPolicy GetRecoveryPointIndexDetails GetRecoveryPointRestoreMetadata
       ListProtectedResourcesByBackupVault ListRecoveryPointsByBackupVault ListTags`,
    ],
    [
      own('administer'),
      `AssociateBackupVaultMpaApprovalTeam CreateBackupVault DeleteBackupVault DeleteBackupVaultAccessPolicy
       DeleteBackupVaultLockConfiguration DeleteBackupVaultNotifications DeleteBackupVaultSharingPolicy
       DeleteRecoveryPoint DisassociateBackupVaultMpaApprovalTeam DisassociateRecoveryPoint
       DisassociateRecoveryPointFromParent PutBackupVaultAccessPolicy PutBackupVaultLockConfiguration
       PutBackupVaultNotifications PutBackupVaultSharingPolicy StartBackupJob TagResource UntagResource
       UpdateRecoveryPointIndexSettings UpdateRecoveryPointLifecycle`,
    ],
    [
      noEffect,
      `CancelLegalHold CreateBackupAccessPoint CreateBackupPlan CreateBackupSelection CreateFramework CreateLegalHold
       CreateLogicallyAirGappedBackupVault CreateReportPlan CreateRestoreAccessBackupVault CreateRestoreTestingPlan
       CreateRestoreTestingSelection CreateTieringConfiguration DeleteBackupAccessPoint DeleteBackupPlan
       DeleteBackupSelection DeleteFramework DeleteReportPlan DeleteRestoreTestingPlan DeleteRestoreTestingSelection
       DeleteTieringConfiguration DescribeBackupAccessPoint DescribeBackupJob DescribeCopyJob DescribeFramework
       DescribeGlobalSettings DescribeProtectedResource DescribeRegionSettings DescribeReportJob DescribeReportPlan
       DescribeRestoreJob DescribeScanJob ExportBackupPlanTemplate GetBackupPlan GetBackupPlanFromJSON
       GetBackupPlanFromTemplate GetBackupSelection GetLegalHold GetPITRMalwareScanResults GetRestoreJobMetadata
       GetRestoreTestingInferredMetadata GetRestoreTestingPlan GetRestoreTestingSelection GetSupportedResourceTypes
       GetTieringConfiguration ListBackupAccessPoints ListBackupAccessPointsByRecoveryPoint
       ListBackupAccessPointsByResource ListBackupJobSummaries ListBackupJobs ListBackupPlanTemplates
       ListBackupPlanVersions ListBackupPlans ListBackupSelections ListBackupVaults ListCopyJobSummaries ListCopyJobs
       ListFrameworks ListIndexedRecoveryPoints ListIndexedRecoveryPointsForSearch ListLegalHolds
       ListProtectedResources ListRecoveryPointsByLegalHold ListRecoveryPointsByResource ListReportJobs
       ListReportPlans ListRestoreAccessBackupVaults ListRestoreJobSummaries ListRestoreJobs
       ListRestoreJobsByProtectedResource ListRestoreTestingPlans ListRestoreTestingSelections ListScanJobSummaries
       ListScanJobs ListTieringConfigurations PutRestoreValidationResult RevokeRestoreAccessBackupVault
       SearchRecoveryPoint StartReportJob StartScanJob StopBackupJob UpdateBackupPlan UpdateFramework
       UpdateGlobalSettings UpdateRegionSettings UpdateReportPlan UpdateRestoreTestingPlan
       UpdateRestoreTestingSelection UpdateTieringConfiguration`,
    ],
  ),
  ...noOwnKeys,
  requestKeys: tlsOnly,
  anonymous: false,
};
