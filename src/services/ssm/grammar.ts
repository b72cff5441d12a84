import {
  across,
  actionTable,
  noEffect,
  noOwnKeys,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

/**
 * Systems Manager in the policies of parameters (Service Authorization Reference as of 2026-09-26). What else than
 * reading a policy allows is judged as if it worked.
 */
export const ssmGrammar: ServiceGrammar = {
  service: 'ssm',
  actions: actionTable(
    [across('read'), `GetParameter GetParameterHistory GetParameters GetParametersByPath`],
    [across('write'), `PutParameter`],
    [across('read_metadata'), `DescribeParameters GetResourcePolicies ListTagsForResource`],
    [
      across('administer'),
      `AddTagsToResource DeleteParameter DeleteParameters DeleteResourcePolicy LabelParameterVersion PutResourcePolicy
       RemoveTagsFromResource UnlabelParameterVersion`,
    ],
    // Of the account, or of anything but parameters.
    [
      noEffect,
      `AssociateOpsItemRelatedItem CancelCommand CancelMaintenanceWindowExecution CreateActivation CreateAssociation
       CreateAssociationBatch CreateCloudConnector CreateDocument CreateMaintenanceWindow CreateOpsItem
       CreateOpsMetadata CreatePatchBaseline CreateResourceDataSync DeleteActivation DeleteAssociation
       DeleteCloudConnector DeleteDocument DeleteInventory DeleteMaintenanceWindow DeleteOpsItem
       DeleteOpsMetadata DeletePatchBaseline DeleteResourceDataSync DeregisterManagedInstance
       DeregisterPatchBaselineForPatchGroup DeregisterTargetFromMaintenanceWindow
       DeregisterTaskFromMaintenanceWindow DescribeActivations DescribeAssociation
       DescribeAssociationExecutionTargets DescribeAssociationExecutions DescribeAutomationExecutions
       DescribeAutomationStepExecutions DescribeAvailablePatches DescribeDocument DescribeDocumentParameters
       DescribeDocumentPermission DescribeEffectiveInstanceAssociations DescribeEffectivePatchesForPatchBaseline
       DescribeInstanceAssociationsStatus DescribeInstanceInformation DescribeInstancePatchStates
       DescribeInstancePatchStatesForPatchGroup DescribeInstancePatches DescribeInstanceProperties
       DescribeInventoryDeletions DescribeMaintenanceWindowExecutionTaskInvocations
       DescribeMaintenanceWindowExecutionTasks DescribeMaintenanceWindowExecutions
       DescribeMaintenanceWindowSchedule DescribeMaintenanceWindowTargets DescribeMaintenanceWindowTasks
       DescribeMaintenanceWindows DescribeMaintenanceWindowsForTarget DescribeOpsItems DescribePatchBaselines
       DescribePatchGroupState DescribePatchGroups DescribePatchProperties DescribeSessions
       DisassociateOpsItemRelatedItem ExecuteAPI GetAccessToken GetAutomationExecution GetCalendar
       GetCalendarState GetCloudConnector GetCommandInvocation GetConnectionStatus GetDefaultPatchBaseline
       GetDeployablePatchSnapshotForInstance GetDocument GetExecutionPreview GetInventory GetInventorySchema
       GetMaintenanceWindow GetMaintenanceWindowExecution GetMaintenanceWindowExecutionTask
       GetMaintenanceWindowExecutionTaskInvocation GetMaintenanceWindowTask GetManifest GetOpsItem
       GetOpsMetadata GetOpsSummary GetPatchBaseline GetPatchBaselineForPatchGroup GetServiceSetting
       ListAssociationVersions ListAssociations ListCloudConnectors ListCommandInvocations ListCommands
       ListComplianceItems ListComplianceSummaries ListDocumentMetadataHistory ListDocumentVersions
       ListDocuments ListInstanceAssociations ListInventoryEntries ListNodes ListNodesSummary ListOpsItemEvents
       ListOpsItemRelatedItems ListOpsMetadata ListResourceComplianceSummaries ListResourceDataSync
       ModifyDocumentPermission PutCalendar PutComplianceItems PutConfigurePackageResult PutInventory
       RegisterDefaultPatchBaseline RegisterManagedInstance RegisterPatchBaselineForPatchGroup
       RegisterTargetWithMaintenanceWindow RegisterTaskWithMaintenanceWindow RequestManagedInstanceRoleToken
       ResetServiceSetting ResumeSession SendAutomationSignal SendCommand StartAccessRequest
       StartAssociationsOnce StartAutomationExecution StartChangeRequestExecution StartExecutionPreview
       StartSession StopAutomationExecution TerminateSession UpdateAssociation UpdateAssociationStatus
       UpdateCloudConnector UpdateDocument UpdateDocumentDefaultVersion UpdateDocumentMetadata
       UpdateInstanceAssociationStatus UpdateInstanceInformation UpdateMaintenanceWindow
       UpdateMaintenanceWindowTarget UpdateMaintenanceWindowTask UpdateManagedInstancePublicKey
       UpdateManagedInstanceRole UpdateOpsItem UpdateOpsMetadata UpdatePatchBaseline UpdateResourceDataSync
       UpdateServiceSetting ValidateCloudConnector`,
    ],
  ),
  ...noOwnKeys,
  callerChoice: ['ssm:recursive'],
  requestKeys: tlsOnly,
  anonymous: false,
};
