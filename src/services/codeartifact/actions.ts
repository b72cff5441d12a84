/**
 * The actions of CodeArtifact by what they are asked of (Service Authorization Reference as of 2026-09-26). Creating a
 * repository or a package group is asked of the domain (CodeArtifact user guide, "Domain policies", read 2026-11-29).
 */
export const ofDomains = {
  describing:
    'DescribeDomain GetAuthorizationToken GetDomainPermissionsPolicy ListPackageGroups ListRepositoriesInDomain',
  managing: `CreatePackageGroup CreateRepository DeleteDomain DeleteDomainPermissionsPolicy
    PutDomainPermissionsPolicy`,
};

export const ofRepositories = {
  reading: 'ReadFromRepository',
  describing: 'DescribeRepository GetRepositoryEndpoint GetRepositoryPermissionsPolicy ListPackages',
  managing: `AssociateExternalConnection AssociateWithDownstreamRepository DeleteRepository
    DeleteRepositoryPermissionsPolicy DisassociateExternalConnection PutRepositoryPermissionsPolicy
    UpdateRepository`,
};

export const ofPackages = {
  reading: 'GetPackageVersionAsset GetPackageVersionReadme',
  writing: 'CopyPackageVersions PublishPackageVersion PutPackageMetadata',
  describing: `DescribePackage DescribePackageVersion ListPackageVersionAssets ListPackageVersionDependencies
    ListPackageVersions`,
  managing: `DeletePackage DeletePackageVersions DisposePackageVersions PutPackageOriginConfiguration
    UpdatePackageVersionsStatus`,
};

export const ofPackageGroups = {
  describing: `DescribePackageGroup GetAssociatedPackageGroup ListAllowedRepositoriesForGroup ListAssociatedPackages
    ListSubPackageGroups`,
  managing: 'DeletePackageGroup UpdatePackageGroup UpdatePackageGroupOriginConfiguration',
};

/** Of a domain, a repository or a package group. */
export const ofTags = { describing: 'ListTagsForResource', managing: 'TagResource UntagResource' };

export const ofAccounts = 'CreateDomain ListDomains ListRepositories';
